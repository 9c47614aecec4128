import { mkdir, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { pathToFileURL } from "node:url";

import { execa } from "execa";

import { installedPulumi } from "../../../local/engines/find-pulumi.ts";

/** What the policy pack says in a preview. */
export interface Verdict {
  readonly exitCode: number | undefined;
  readonly violations: readonly {
    readonly policy: string;
    readonly enforcement: string;
    readonly resource: string;
    readonly message: string;
  }[];
  /** All that the CLI printed, for a failed assertion. */
  readonly output: string;
}

interface EngineEvent {
  readonly policyEvent?: {
    readonly resourceUrn?: string;
    readonly policyName: string;
    readonly enforcementLevel: string;
    readonly message: string;
  };
}

/**
 * `pulumi preview` of the local stack of a project, with the pack of that project attached. The cluster is not reachable:
 * a preview of objects that are not there needs none.
 * @param state a folder for the backend
 */
export async function previewWithPack(project: string, state: string): Promise<Verdict> {
  const pulumi = await installedPulumi();
  if (pulumi === undefined) throw new Error("there is no pulumi on PATH");
  await mkdir(state, { recursive: true });
  const kubeconfig = join(project, ".local", "kubeconfig");
  await mkdir(join(project, ".local"), { recursive: true });
  await writeFile(kubeconfig, unreachable);
  const env = {
    PULUMI_BACKEND_URL: pathToFileURL(state).href,
    PULUMI_CONFIG_PASSPHRASE: "of a test",
    PULUMI_SKIP_UPDATE_CHECK: "true",
    // With --json, an event a line instead of one document, which leaves out what policies say.
    PULUMI_ENABLE_STREAMING_JSON_PREVIEW: "true",
  };
  const run = (args: readonly string[]) =>
    execa(pulumi, [...args, "--non-interactive", "--color", "never"], { cwd: project, env, reject: false });
  // A second preview of the same project finds the stack made.
  await run(["stack", "init", "local", "--no-select"]);
  const pack = ["--policy-pack", "policies", "--policy-pack-config", join("policies", "config", "local.json")];
  const { exitCode, stdout, stderr } = await run(["preview", "--stack", "local", "--json", ...pack]);
  const events = stdout.split("\n").filter((line) => line.startsWith("{"));
  const violations = events.flatMap((line) => {
    const { policyEvent } = JSON.parse(line) as EngineEvent;
    if (policyEvent === undefined) return [];
    const { policyName, enforcementLevel, resourceUrn = "", message } = policyEvent;
    return [{ policy: policyName, enforcement: enforcementLevel, resource: resourceUrn, message: message.trim() }];
  });
  return { exitCode, violations, output: `${stdout}\n${stderr}` };
}

const unreachable = `apiVersion: v1
kind: Config
current-context: gitops-local
clusters: [{ name: gitops-local, cluster: { server: "https://127.0.0.1:9" } }]
contexts: [{ name: gitops-local, context: { cluster: gitops-local, user: nobody } }]
users: [{ name: nobody, user: { token: none } }]
`;
