import { parseConfig } from "../../../infra/config/index.ts";
import type { PlatformConfig } from "../../../infra/config/index.ts";

/** A cluster with nothing but what has no default. */
export const eks = {
  kind: "eks",
  region: "eu-central-1",
  zones: ["eu-central-1a", "eu-central-1b"],
  endpoint: { publicCidrs: ["203.0.113.0/24"] },
} as const;

/** A right configuration, as small as it can be: every test changes some keys of it. */
export const happyPath: Readonly<Record<string, unknown>> = {
  environments: ["dev"],
  repository: "https://github.com/example/gitops-platform.git",
  cluster: eks,
  controllers: "helm",
  gitops: "argocd",
  flux: {},
  argocd: {},
  clusters: [],
  certManager: {},
  prometheus: {},
  alerts: {},
  applications: [],
  delivery: {},
  previews: {},
  dashboard: {},
  ci: { kind: "github-actions" },
  compliance: {},
  groups: {},
  tags: {},
};

export type Changes = Readonly<Record<string, unknown>>;

/** A configuration as the engine hands it over: text as it is, all else as JSON; `undefined` leaves a key out. */
export function asGiven(config: Changes): Record<string, string> {
  const given = Object.entries(config).filter(([, value]) => value !== undefined);
  return Object.fromEntries(
    given.map(([key, value]) => [key, typeof value === "string" ? value : JSON.stringify(value)]),
  );
}

/** The happy path with some keys changed, which must be right. */
export function parsed(changes: Changes = {}): PlatformConfig {
  const result = parseConfig(asGiven({ ...happyPath, ...changes }));
  if ("error" in result) throw new Error(result.error);
  return result.config;
}

/** The whole error text for the happy path with some keys changed; empty when nothing is wrong. */
export function errorFor(changes: Changes): string {
  const result = parseConfig(asGiven({ ...happyPath, ...changes }));
  return "error" in result ? result.error : "";
}

/** The lines of the error text, one a problem, without its heading and indentation. */
export function problemsWith(changes: Changes): string[] {
  return errorFor(changes)
    .split("\n")
    .slice(1)
    .map((line) => line.slice(2));
}

/** Name, changed keys, problems. */
export type BadConfiguration = [name: string, changes: Changes, problems: string[]];
