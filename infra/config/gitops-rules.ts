import { isDeepStrictEqual } from "node:util";

import type { ArgocdConfig } from "./controllers.ts";
import { argocdSchema } from "./controllers.ts";
import type { RuleProblem, Sound } from "./cross-check.ts";
import type { DashboardConfig } from "./dashboard.ts";
import type { ApplicationSettings } from "./delivery.ts";
import { fluxSchema } from "./gitops.ts";
import type { FluxConfig, GitopsKind } from "./gitops.ts";
import type { PreviewsConfig } from "./previews.ts";

interface Stack {
  readonly gitops: GitopsKind;
  readonly flux: FluxConfig;
  readonly repository: string;
  readonly argocd: ArgocdConfig;
  readonly applications: readonly ApplicationSettings[];
  readonly previews: PreviewsConfig;
  readonly dashboard: DashboardConfig;
}

const problem = (path: PropertyKey[], message: string): RuleProblem => ({ path, message });

/** What the engine asks of the rest of the stack. */
export function gitopsRules(stack: Stack, sound: Sound): RuleProblem[] {
  if (!sound.whole("gitops")) return [];
  if (stack.gitops === "flux") {
    return [
      ...repositoryRules(stack, sound),
      ...strategyRules(stack, sound),
      ...argocdRules(stack, sound),
      ...dependencyRules(stack, sound),
    ];
  }
  if (!sound.whole("flux") || isDeepStrictEqual(stack.flux, fluxSchema.parse({}))) return [];
  return [
    problem(
      ["flux"],
      'has no effect with gitops "argocd"; allowed: only with gitops "flux"; remove it or change gitops',
    ),
  ];
}

/** The CRD of a GitRepository takes three schemes (source-controller 1.9.6, `spec.url`). */
function repositoryRules({ repository }: Stack, sound: Sound): RuleProblem[] {
  if (!sound.whole("repository") || /^(https?|ssh):\/\//.test(repository)) return [];
  const scp = /^([\w.-]+)@([\w.-]+):(.+)$/.exec(repository);
  const mend = scp === null ? "serve it over https" : `write it as "ssh://${scp[1]}@${scp[2]}/${scp[3]}"`;
  return [
    problem(
      ["repository"],
      `${JSON.stringify(repository)} cannot be read by Flux; allowed with gitops "flux": https:// or ssh://; ${mend}`,
    ),
  ];
}

/** A Kustomization is applied whenever it is not suspended: nothing in it names a time. */
function strategyRules({ applications }: Stack, sound: Sound): RuleProblem[] {
  if (!sound.outside("applications")) return [];
  return applications.flatMap((application, index) => {
    if (!sound.outside("applications", index, "sync")) return [];
    return Object.entries(application.sync).flatMap(([environment, sync]) => {
      const path = ["applications", index, "sync", environment];
      if (!sound.whole(...path) || ["continuous", "manual"].includes(sync.kind)) return [];
      return problem(
        [...path, "kind"],
        `"${sync.kind}" is a sync window, and Flux has none; allowed with gitops "flux": "continuous", "manual"; choose ` +
          '"manual" and have somebody, or a scheduled job, run `gitops approve` when it is time, or choose gitops "argocd"',
      );
    });
  });
}

/** What only Argo CD has would be silently without effect. */
function argocdRules({ argocd, previews, dashboard }: Stack, sound: Sound): RuleProblem[] {
  const problems: RuleProblem[] = [];
  if (sound.whole("argocd") && !isDeepStrictEqual(argocd, argocdSchema.parse({}))) {
    problems.push(
      problem(
        ["argocd"],
        'has no effect with gitops "flux"; allowed: only with gitops "argocd"; remove it (a webhook is flux.receiver)',
      ),
    );
  }
  if (sound.whole("previews", "source") && previews.source !== "none") {
    problems.push(
      problem(
        ["previews", "source"],
        `"${previews.source}" needs the ApplicationSets of Argo CD; allowed with gitops "flux": "none"; set it, or choose ` +
          'gitops "argocd"',
      ),
    );
  }
  if (sound.whole("dashboard", "enabled") && dashboard.enabled) {
    problems.push(
      problem(
        ["dashboard", "enabled"],
        'true: the page in the cluster reads Applications of Argo CD; allowed with gitops "flux": false; change it',
      ),
    );
  }
  return problems;
}

/** A circle would wait for itself without end. */
function dependencyRules({ flux }: Stack, sound: Sound): RuleProblem[] {
  if (!sound.whole("flux", "dependsOn")) return [];
  const reaches = (from: string, to: string, seen: readonly string[] = []): boolean =>
    (flux.dependsOn[from] ?? []).some(
      (next) => next === to || (!seen.includes(next) && reaches(next, to, [...seen, next])),
    );
  return Object.keys(flux.dependsOn)
    .filter((application) => reaches(application, application))
    .map((application) =>
      problem(
        ["flux", "dependsOn", application],
        `"${application}" would wait for itself; allowed: dependencies without a circle; remove one of them`,
      ),
    );
}
