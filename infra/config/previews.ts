import { z } from "zod";

import { environmentNames } from "../environments.ts";
import type { Environment } from "../environments.ts";

import { crossCheck } from "./cross-check.ts";
import type { RuleProblem, Sound } from "./cross-check.ts";
import { quotaSchema } from "./quota.ts";
import { dns1123Label, positiveDuration } from "./scalars.ts";
import { strictObject } from "./strict-object.ts";

/** How Argo CD's ApplicationSet controller reads pull requests: a Secret beside it, which this program never sees. */
const credentials = strictObject({
  /** `app`: a GitHub App, in a Secret of Argo CD's kind `repo-creds`. `token`: a token in a Secret. */
  kind: z.enum(["app", "token"]),
  /** Name of the Secret in the namespace of Argo CD. */
  secret: dns1123Label,
});

const fields = strictObject({
  /** Who asks for previews: nobody, the pull requests of GitHub, or branches `preview/<name>`. Default `none`. */
  source: z.enum(["none", "pullRequests", "branches"]).default("none"),
  /** Environment whose overlays are previewed, and whose branch says what a preview may take. Default `dev`. */
  base: z.enum(environmentNames).default("dev"),
  /** Label of a pull request that asks for a preview. Default `preview`. */
  label: dns1123Label.default("preview"),
  /** How long a preview lasts: after its label, or after the last commit of its branch. Default `72h`. */
  lifetime: positiveDuration.default("72h"),
  /** Previews at a time. Default 5. */
  maximum: z.int().min(1).max(50).default(5),
  /** What the workloads of one preview may take together. The default holds all sample applications twice. */
  quota: quotaSchema.default({
    requestsCpu: "1",
    requestsMemory: "1Gi",
    limitsCpu: "4",
    limitsMemory: "4Gi",
    pods: 10,
  }),
  /** Applications of each preview. Default: all that `base` has. */
  applications: z.array(dns1123Label).min(1).optional(),
  /** Only with `pullRequests`. */
  credentials: credentials.optional(),
});

export const previewsSchema = crossCheck(fields, ({ source, credentials: given, applications }, sound) => [
  ...(sound.whole("source") && sound.whole("credentials") ? credentialProblems(source, given !== undefined) : []),
  ...(sound.whole("applications") ? repeated(applications ?? []) : []),
]);

export type PreviewsConfig = Readonly<z.output<typeof previewsSchema>>;

function credentialProblems(source: string, given: boolean): RuleProblem[] {
  const problem = (message: string) => [{ path: ["credentials"], message }];
  if (source === "pullRequests" && !given) {
    return problem(
      'missing; allowed: { kind: app, secret: <name> } or { kind: token, secret: <name> }, because source is "pullRequests"; add it',
    );
  }
  if (source === "pullRequests" || !given) return [];
  return problem(`has no effect with source "${source}"; allowed: only with "pullRequests"; remove it`);
}

function repeated(names: readonly string[]): RuleProblem[] {
  return names.flatMap((name, index) =>
    names.indexOf(name) === index
      ? []
      : [
          {
            path: ["applications", index],
            message: `"${name}" is listed twice; allowed: each application once; remove one`,
          },
        ],
  );
}

interface Stack {
  readonly environments: readonly Environment[];
  readonly repository: string;
  readonly previews: PreviewsConfig;
}

/** A repository of GitHub's kind, with its parts; the same forms as for `repository_dispatch`. */
export function gitHubRepository(
  url: string,
): { readonly host: string; readonly owner: string; readonly name: string } | undefined {
  const match = /^(?:https:\/\/|ssh:\/\/git@|git@)([^/:@]+)[/:]([\w.-]+)\/([\w.-]+?)(?:\.git)?\/?$/.exec(url);
  if (match === null) return undefined;
  const [, host = "", owner = "", name = ""] = match;
  return { host, owner, name };
}

/** What previews ask of the rest of the stack. Code that nobody has reviewed never runs beside production. */
export function previewRules({ environments, repository, previews }: Stack, sound: Sound): RuleProblem[] {
  if (!sound.whole("previews", "source") || previews.source === "none") return [];
  const problems: RuleProblem[] = [];
  const at = (field: string, message: string) => problems.push({ path: ["previews", field], message });
  const { source, base } = previews;
  if (sound.whole("environments") && sound.whole("previews", "base")) {
    if (!environments.includes(base)) {
      const served = environments.join(", ");
      at("base", `"${base}" is not served by this stack; allowed: ${served}; choose one, or set source to "none"`);
    } else if (source === "pullRequests" && environments.includes("prod")) {
      at(
        "source",
        '"pullRequests" would run code that nobody has reviewed in the cluster of prod; allowed: a stack without prod; ' +
          'set it to "none" here',
      );
    }
  }
  if (!sound.whole("repository")) return problems;
  if (source === "pullRequests" && gitHubRepository(repository) === undefined) {
    at("source", `"pullRequests" needs a repository on GitHub; allowed: "none"; change it, or change repository`);
  }
  if (source === "branches" && !repository.startsWith("file:///")) {
    at(
      "source",
      '"branches" is for the platform of one machine, whose Git host it asks; allowed: "pullRequests" or "none"; choose one',
    );
  }
  return problems;
}
