import { defaultKubernetesVersion } from "../../infra/cluster/versions.ts";
import { connectCluster, localLayout } from "../cluster/connect.ts";
import type { UpgradeCheckFlags } from "../commands/upgrade-check.ts";
import { exitCodes } from "../errors.ts";
import type { Host } from "../host.ts";
import { chooseStacks } from "../plan/choose-stacks.ts";
import { interruptSignal } from "../plan/interrupt.ts";
import { palette } from "../plan/output/palette.ts";
import { findProject } from "../plan/project.ts";
import type { Project } from "../plan/project.ts";
import { writeOut } from "../write-out.ts";

import { checkUpgrade } from "./check.ts";
import type { Facts } from "./model.ts";
import { reportJson, reportText } from "./print.ts";
import { readCluster } from "./read-cluster.ts";
import { readDefinitions } from "./read-definitions.ts";
import { readKubectl } from "./read-kubectl.ts";
import { readOverlays } from "./read-overlays.ts";
import { readStack } from "./read-stack.ts";
import { readVersion, versionOption } from "./version.ts";
import type { KubernetesVersion } from "./version.ts";

/**
 * `gitops upgrade-check`.
 * @returns the exit code: 1 when something blocks the upgrade, else 0
 * @throws UsageError when the stack, the cluster or an option is wrong, or the interruption
 */
export async function runUpgradeCheck(flags: UpgradeCheckFlags, host: Host): Promise<number> {
  const wanted = flags.to === undefined ? undefined : versionOption("--to", flags.to);
  const project = findProject(flags.directory);
  const { signal, release } = interruptSignal();
  try {
    const newDefinitions = flags.crds === undefined ? [] : await readDefinitions(flags.crds);
    const kubectl = await readKubectl(signal);
    const read =
      flags.stack === undefined ? clusterFacts(project, flags, signal) : stackFacts(host, project, flags.stack, signal);
    const facts: Facts = { ...(await read), kubectl, newDefinitions };
    const today = new Date().toISOString().slice(0, 10);
    const report = checkUpgrade(facts, wanted ?? target(facts.from), today);
    const text = flags.json
      ? `${JSON.stringify(reportJson(report), null, 2)}\n`
      : reportText(report, palette(Boolean(process.stdout.isTTY)));
    await writeOut(text);
    return report.findings.some(({ level }) => level === "blocking") ? exitCodes.violation : exitCodes.clean;
  } finally {
    release();
  }
}

/** What this project is made for, and never down. */
function target(from: string | undefined): KubernetesVersion {
  const own = versionOption("default", defaultKubernetesVersion);
  const now = from === undefined ? undefined : readVersion(from);
  return now !== undefined && now.minor > own.minor ? now : own;
}

type Read = Omit<Facts, "kubectl" | "newDefinitions">;

async function stackFacts(host: Host, project: Project, name: string, signal: AbortSignal): Promise<Read> {
  chooseStacks(project, { argument: name, options: [], all: false });
  const { environments, objects, ...stack } = await readStack(host, project, name, signal);
  const overlays = await readOverlays(project, environments, signal);
  return {
    ...stack,
    subject: `stack ${name}`,
    definitions: [],
    ...overlays,
    objects: [...objects, ...overlays.objects],
  };
}

async function clusterFacts(project: Project, flags: UpgradeCheckFlags, signal: AbortSignal): Promise<Read> {
  const cluster = await connectCluster(flags);
  try {
    const { gaps, ...live } = await readCluster(cluster);
    const overlays = await readOverlays(project, undefined, signal);
    return { ...live, subject: subjectOf(flags), objects: overlays.objects, gaps: [...gaps, ...overlays.gaps] };
  } finally {
    cluster.close();
  }
}

function subjectOf({ local, context, kubeconfig }: UpgradeCheckFlags): string {
  if (local !== undefined) return `platform ${localLayout(local).directory}`;
  if (context !== undefined) return `context ${context}`;
  return kubeconfig === undefined ? "current context" : `current context of ${kubeconfig}`;
}
