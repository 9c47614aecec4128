import { existsSync, readFileSync } from "node:fs";
import { join } from "node:path";

import { startAnalyzer, type Analysis } from "../../../policies/analyzer/index.ts";
import type { PackConfig } from "../../../policies/configuration.ts";
import type { Recording } from "../../../rehearsal/record.ts";
import { UsageError } from "../../errors.ts";
import { fieldChanges } from "../diff/fields.ts";
import type { Judge } from "../judge.ts";
import type { RenderedOverlay } from "../manifests/render.ts";
import type { Violation } from "../model.ts";

/**
 * Starts the policy pack as a process, as `pulumi preview` does, with the settings and waivers of the project.
 * @throws UsageError when the pack does not start, and later for settings or waivers that cannot be
 */
export async function startPack(project: string, signal: AbortSignal): Promise<Judge> {
  const waivers = existing(join(project, "policies", "waivers.yaml"));
  const analyzer = await worded(startAnalyzer({ signal, ...(waivers === undefined ? {} : { waivers }) }));
  return {
    stack: (recording) => worded(judgeStack(recording)),
    overlay: (overlay) => worded(judgeOverlay(overlay, project, waivers)),
    close: () => analyzer.close(),
  };

  async function judgeStack(recording: Recording): Promise<readonly Violation[]> {
    const { stack, project: file } = recording.config;
    const packConfig = readPackConfig(project, stack);
    const judged = { resources: recording.resources, config: { stack, project: file } };
    const analysis = await analyzer.analyze({ recording: judged, packConfig });
    return [...analysis.violations.map(fromAnalyzer), ...remediated(analysis, recording)];
  }
}

/** The rendered objects, judged by the same policies at the level of the overlay's environment. */
async function judgeOverlay(
  { path, environment, objects }: RenderedOverlay,
  project: string,
  waivers: string | undefined,
): Promise<readonly Violation[]> {
  // Loaded here: many a plan has no overlays.
  const { judge } = await import("./judge-objects.ts");
  const config = readPackConfig(project, environment);
  const found = judge(objects, { environment, config, waivers });
  return found.map(({ policy, level, severity, message, kind, name }) => {
    return { policy, enforcement: level, severity, resource: `${path}: ${kind}/${name}`, message };
  });
}

function fromAnalyzer({ policy, level, severity, urn, message }: Analysis["violations"][number]): Violation {
  return { policy, enforcement: level === "disabled" ? "advisory" : level, severity, resource: urn, message };
}

/** What the pack put right: the fields by name alone, since their values may be secret. */
function remediated({ remediations }: Analysis, { resources }: Recording): readonly Violation[] {
  const byUrn = new Map(resources.map(({ urn, inputs }) => [urn, inputs]));
  return remediations.flatMap(({ policy, urn, properties }): readonly Violation[] => {
    const fields = fieldChanges(byUrn.get(urn) ?? {}, properties).map(({ path }) => path);
    if (fields.length === 0) return [];
    const message = `put right at the deployment: ${fields.join(", ")}`;
    return [{ policy, enforcement: "remediate", resource: urn, message }];
  });
}

/** Levels and settings: policies/config/<stack>.json, or those of the policies themselves where there is none. */
function readPackConfig(project: string, stack: string): PackConfig {
  const file = existing(join(project, "policies", "config", `${stack}.json`));
  if (file === undefined) return {};
  try {
    return JSON.parse(readFileSync(file, "utf8")) as PackConfig;
  } catch (error) {
    throw new UsageError(`"${file}": is not JSON: ${(error as Error).message}`);
  }
}

function existing(file: string): string | undefined {
  return existsSync(file) ? file : undefined;
}

/** The pack's own errors say what to mend; they are about settings, waivers or the installation. */
async function worded<T>(work: Promise<T>): Promise<T> {
  try {
    return await work;
  } catch (error) {
    if (error instanceof Error && !["TypeError", "ReferenceError", "RangeError"].includes(error.name)) {
      throw new UsageError(error.message);
    }
    throw error;
  }
}
