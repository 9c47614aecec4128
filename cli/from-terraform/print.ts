import type { ImportResource } from "@pulumi/pulumi/automation/index.js";
import { stringify } from "yaml";

import type { Palette } from "../plan/output/palette.ts";

import { schemaVersion } from "./model.ts";
import type { ImportEntry, LeftOut, Report } from "./model.ts";

/** The JSON document; cli/README.md describes it. */
export function reportJson(report: Report): object {
  const { clusterName = null, region = null, existing = null, ...rest } = report;
  return { schemaVersion, ...rest, clusterName, region, existing };
}

/**
 * What `pulumi import --file` reads (pulumi/pulumi, pkg/cmd/pulumi/operations/import.go, importFile and importSpec):
 * a resource that is no component needs type, name and id.
 */
export function importFile(imports: readonly ImportEntry[]): string {
  const resources: readonly ImportResource[] = imports;
  return `${JSON.stringify({ resources }, null, 2)}\n`;
}

/** For people: what to put into the stack's file, what to import, what was left out. */
export function reportText(report: Report, project: string, out: string | undefined, colours: Palette): string {
  return [
    `${report.file}: ${report.source}, names of terraform-aws-modules/eks v${report.moduleMajor}`,
    heading("1. Adopt the cluster as it is: the platform owns nothing of it", colours),
    ...existingSteps(report, project),
    heading("2. For a cluster of the platform's own, later", colours),
    ...ownCluster(report, project),
    heading("3. Take what Terraform made into a Pulumi stack of its own", colours),
    ...importSteps(report, out),
    heading("4. Not taken over", colours),
    ...left(report.leftOut),
    ...(report.notImported.length === 0 ? [] : ["", "Not imported:", ...left(report.notImported)]),
    "",
    "Nothing was asked of AWS, and nothing was changed. docs/from-terraform.md has the way, step by step.",
    "",
  ].join("\n");
}

const heading = (text: string, colours: Palette): string => `\n${colours.bold(text)}\n`;
const left = (parts: readonly LeftOut[]): readonly string[] =>
  parts.length === 0 ? ["  nothing"] : parts.map(({ input, why }) => `  ${input}: ${why}`);

const section = (project: string, keys: Readonly<Record<string, unknown>>): readonly string[] => {
  const config = Object.fromEntries(Object.entries(keys).map(([key, value]) => [`${project}:${key}`, value]));
  return stringify({ config }, { lineWidth: 0 }).trimEnd().split("\n");
};

function existingSteps({ existing, clusterName, region }: Report, project: string): readonly string[] {
  if (existing === undefined || clusterName === undefined) {
    return [
      "  The file names no cluster; write the context of its kubeconfig: cluster: { kind: existing, context: ... }",
    ];
  }
  // AWS CLI reference, "update-kubeconfig": --alias names the context, which is the cluster's ARN without it.
  const where = region === undefined ? "" : ` --region ${region}`;
  return [
    ...section(project, { cluster: existing }),
    "",
    `  aws eks update-kubeconfig --name ${clusterName} --alias ${clusterName}${where}`,
    "  gitops adopt-check --stack <stack>",
  ];
}

function ownCluster({ eks, tags, undecided }: Report, project: string): readonly string[] {
  const keys = { cluster: eks, ...(Object.keys(tags).length > 0 ? { tags } : {}) };
  if (undecided.length === 0) return section(project, keys);
  const open = undecided.map(({ path, message }) => `  ${path}: ${message}`);
  return [...section(project, keys), "", "Still to decide:", ...open];
}

function importSteps({ imports, source }: Report, out: string | undefined): readonly string[] {
  if (imports.length === 0) {
    return [
      source === "tfvars" ? "  Variables name no ids: give the state instead." : "  Nothing that could be imported.",
    ];
  }
  const file = out ?? "import.json";
  return [
    `  ${imports.length} resources${out === undefined ? " (write the file with --out import.json)" : `, in ${out}`}:`,
    ...imports.map(({ type, name, id }) => `    ${type} ${name} ${id}`),
    "",
    "  In a new, empty Pulumi project, not in this one: here the next `pulumi up` would want to delete them all.",
    `  pulumi import --file ${file} --out index.ts`,
    "  Not under the names of this program: it gives an EKS cluster its own name and role, and node groups their own role and",
    "  launch template, none of which AWS can change: `pulumi up` would replace the cluster and every group.",
  ];
}
