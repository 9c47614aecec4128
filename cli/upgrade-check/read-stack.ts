import type { Host } from "../host.ts";
import type { Project } from "../plan/project.ts";
import { loadRecorder } from "../plan/recorder/load.ts";

import type { Facts } from "./model.ts";

/** What a stack declares of its cluster, and the objects that the program makes in it. */
export type StackFacts = Pick<Facts, "from" | "nodes" | "eks" | "objects"> & {
  /** The environments that it serves; undefined for all. */
  readonly environments: readonly string[] | undefined;
};

/**
 * Runs the program for a stack without an engine; needs no credentials.
 * @throws UsageError with the program's or the configuration's own words
 */
export async function readStack(host: Host, project: Project, stack: string, signal: AbortSignal): Promise<StackFacts> {
  const { recordStack, program } = await loadRecorder(host, project);
  const { recording } = await recordStack({ project: project.directory, stack, program, signal });
  const { resources, config } = recording;
  // Types and inputs as infra/cluster/control-plane.ts and node-groups.ts make them.
  const cluster = resources.find(({ type }) => type === "eks:index:Cluster");
  const groups = resources.filter(({ type }) => type === "aws:eks/nodeGroup:NodeGroup");
  const environments = config.values[`${project.name}:environments`];
  return {
    from: cluster === undefined ? undefined : String(cluster.inputs["version"]),
    eks: cluster !== undefined,
    nodes: groups.map(({ name, inputs }) => ({ name: `node group ${name}`, version: String(inputs["version"]) })),
    objects: resources.flatMap(({ name, inputs: { apiVersion, kind } }) =>
      typeof apiVersion === "string" && typeof kind === "string"
        ? [{ where: `stack ${stack}`, apiVersion, kind, name }]
        : [],
    ),
    environments: environments === undefined ? undefined : (JSON.parse(environments) as string[]),
  };
}
