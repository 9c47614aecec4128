import { clusterSchema } from "../../infra/config/cluster.ts";
import { problemsOf } from "../../infra/config/problems.ts";

import { inputMappings, mappingOf } from "./inputs/index.ts";
import type { ConversionContext } from "./inputs/mapping.ts";
import { networkOf } from "./inputs/network.ts";
import type { LeftOut, Report, Source, TakenOver } from "./model.ts";

type Mapped = Pick<Report, "eks" | "tags" | "takenOver" | "leftOut" | "undecided">;

/** Applies the table to the inputs, and judges the result by the schema of the configuration. */
export function mapInputs(source: Source): Mapped {
  const { inputs, major } = source;
  const effective = (name: string): unknown => inputs[name] ?? mappingOf(name)?.moduleDefault;
  const context: ConversionContext = { major, network: networkOf(source.resources), input: effective };
  const takenOver: TakenOver[] = [];
  const leftOut: LeftOut[] = [];
  for (const name of namesToMap(inputs)) {
    const row = mappingOf(name);
    const value = effective(name);
    if (value === undefined || value === null) continue;
    const given = row?.v20 !== undefined && major === 20 && !row.v20.endsWith("*") ? row.v20 : name;
    const label = name in inputs ? given : `${given} (the module's default)`;
    if (row === undefined) {
      leftOut.push({ input: name, why: "no input of terraform-aws-modules/eks; was it meant for another module?" });
      continue;
    }
    if (row.convert === undefined) {
      leftOut.push({ input: label, why: row.why });
      continue;
    }
    const { set = {}, left = [] } = row.convert(value, context);
    for (const [key, taken] of Object.entries(set)) takenOver.push({ input: label, key, value: taken });
    for (const [path, why] of left) leftOut.push({ input: path === "" ? label : `${label}.${path}`, why });
  }
  const cluster: Record<string, unknown> = { kind: "eks" };
  const tags = takenOver.find(({ key }) => key === "tags")?.value ?? {};
  for (const { key, value } of takenOver) place(cluster, key, value);
  const judged = clusterSchema.safeParse(cluster, { reportInput: true });
  const undecided = judged.success
    ? []
    : problemsOf(judged.error).map(({ path, message }) => ({ path: `cluster.${path}`, message }));
  return { eks: cluster, tags: tags as Report["tags"], takenOver, leftOut, undecided };
}

/** What the file gives, in the order of the table, and where it is silent the defaults that differ here. */
function namesToMap(inputs: Source["inputs"]): readonly string[] {
  const rows = inputMappings.filter(({ name, moduleDefault }) => name in inputs || moduleDefault !== undefined);
  const listed = rows.map(({ name }) => name);
  return [...listed, ...Object.keys(inputs).filter((name) => !listed.includes(name))];
}

/** Puts `cluster.endpoint.public` where it belongs in the section. */
function place(cluster: Record<string, unknown>, key: string, value: unknown): void {
  const [head, ...path] = key.split(".");
  const last = path.pop();
  if (head !== "cluster" || last === undefined) return;
  let at = cluster;
  for (const part of path) at = (at[part] ??= {}) as Record<string, unknown>;
  at[last] = value;
}
