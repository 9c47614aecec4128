import { isOver } from "../../calendar/freeze.ts";
import type { Freeze } from "../../calendar/freeze.ts";
import type { FluxConfig, GitopsKind } from "../../config/gitops.ts";
import type { Problem } from "../../config/problems.ts";
import type { Environment } from "../../environments.ts";
import type { Deployment } from "../discovery.ts";

export interface FluxProblemsArgs {
  readonly gitops: GitopsKind;
  readonly environments: readonly Environment[];
  readonly flux: FluxConfig;
  readonly deployments: readonly Deployment[];
  readonly freezes: readonly Freeze[];
  readonly now: Date;
  /** Names of the secret keys that are set. */
  readonly secrets: readonly string[];
}

/** What a configuration cannot say alone: applications that are not there, freezes, secrets. */
export function fluxProblems(args: FluxProblemsArgs): readonly Problem[] {
  if (args.gitops !== "flux") return [];
  return [...unknownApplications(args), ...freezeProblems(args), ...secretProblems(args)];
}

function unknownApplications({ flux, deployments }: FluxProblemsArgs): Problem[] {
  const known = [...new Set(deployments.map(({ application }) => application))];
  const named = [
    ...Object.entries(flux.dependsOn).flatMap(([application, before]) => [
      { path: `flux.dependsOn.${application}`, application },
      ...before.map((other, index) => ({ path: `flux.dependsOn.${application}[${index}]`, application: other })),
    ]),
    ...Object.keys(flux.imageAutomation?.images ?? {}).map((application) => ({
      path: `flux.imageAutomation.images.${application}`,
      application,
    })),
  ];
  return named
    .filter(({ application }) => !known.includes(application))
    .map(({ path, application }) => ({
      path,
      message: `"${application}" has no folder under apps/; allowed: ${known.join(", ")}; remove it or rename it`,
    }));
}

/** A freeze that stops nothing would be believed. */
function freezeProblems({ freezes, environments, now }: FluxProblemsArgs): Problem[] {
  const held = environments.filter((name) =>
    freezes.some((freeze) => freeze.environment === name && !isOver(freeze, now)),
  );
  return held.map((name) => ({
    path: `delivery.${name}.sync`,
    message:
      `${name} is frozen (infra/calendar/freezes.yaml), and Flux has no sync windows; allowed with gitops "flux": ` +
      `no freeze; set delivery.${name}.sync to manual for the time and end the freeze`,
  }));
}

function secretProblems({ secrets, flux }: FluxProblemsArgs): Problem[] {
  const useless = secrets
    .filter((key) => key.startsWith("argocd"))
    .map((path) => ({
      path,
      message: 'has no effect with gitops "flux"; allowed: only with gitops "argocd"; remove it (`pulumi config rm`)',
    }));
  if (flux.alerts === undefined || secrets.includes("alertsAddress")) return useless;
  const message = "needs alertsAddress; allowed: together with it alone; set it, or remove flux.alerts";
  return [...useless, { path: "flux.alerts", message }];
}
