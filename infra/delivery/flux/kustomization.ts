import type { FluxConfig } from "../../config/gitops.ts";
import type { KustomizationSpec } from "../../crds/flux.ts";
import type { DeliveryApplication, DeliveryEnvironment } from "../environment.ts";

import { healthCheckExprs } from "./health.ts";
import { reconcilerName, sourceName } from "./names.ts";

/** After a failure; shorter than the interval may be, because what failed is what people wait for. */
const retryInterval = "30s";

/** One application in one environment: its overlay, its namespace, on whose behalf, and how it is synced. */
export function kustomizationSpec(
  environment: DeliveryEnvironment,
  application: DeliveryApplication,
  flux: FluxConfig,
): KustomizationSpec {
  const dependsOn = dependencies(environment, application, flux);
  return {
    sourceRef: { kind: "GitRepository", name: sourceName },
    path: `./${application.path}`,
    targetNamespace: environment.namespace,
    serviceAccountName: reconcilerName,
    interval: flux.interval,
    retryInterval,
    timeout: flux.healthTimeout,
    prune: true,
    // Every object that it applies; `healthChecks` would count for nothing beside it.
    wait: true,
    healthCheckExprs: [...healthCheckExprs],
    ...(dependsOn.length === 0 ? {} : { dependsOn }),
    ...suspended(application),
  };
}

/** The applications before this one, as far as the environment has them. */
function dependencies(
  { applications }: DeliveryEnvironment,
  { application }: DeliveryApplication,
  flux: FluxConfig,
): { readonly name: string }[] {
  const before = flux.dependsOn[application] ?? [];
  return applications.filter((other) => before.includes(other.application)).map(({ name }) => ({ name }));
}

/**
 * Flux has no "sync now, once": what waits for a person is suspended, and `gitops approve` resumes it for one revision.
 * @throws Error for a strategy with windows, which a checked configuration does not have
 */
function suspended({ name, sync }: DeliveryApplication): { readonly suspend?: true } {
  switch (sync.kind) {
    case "continuous":
      return {};
    case "manual":
      return { suspend: true };
    case "maintenance":
    case "scheduled":
    case "windows":
      throw new Error(`${name}: Flux has no sync windows ("${sync.kind}"); the configuration was not checked`);
  }
}
