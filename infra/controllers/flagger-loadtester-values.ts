import { compute, restrictedContainer, scraped } from "./pods.ts";
import type { ResourceRequirements } from "./pods.ts";
import { priorityClassName } from "./priority-class.ts";

/** The values that the platform sets (fluxcd/flagger, charts/loadtester/values.yaml at 0.38.0). */
export interface FlaggerLoadtesterValues {
  readonly replicaCount: number;
  readonly cmd: { readonly timeout: string; readonly namespaceRegexp: string };
  readonly serviceAccountName: string;
  readonly podPriorityClassName: string;
  readonly podAnnotations: Readonly<Record<string, string>>;
  readonly resources: ResourceRequirements;
  readonly securityContext: { readonly enabled: boolean; readonly context: object };
}

/**
 * @param serviceAccountName of an account without rights and without a token
 * @param workloadNamespaces whose Canaries may use it
 */
export function flaggerLoadtesterValues(
  serviceAccountName: string,
  workloadNamespaces: readonly string[],
): FlaggerLoadtesterValues {
  return {
    // One in every profile: it keeps the gates in its memory (pkg/loadtester/gate.go), and two would disagree.
    replicaCount: 1,
    // Longer than any load test of an analysis that has an interval of minutes; the chart's hour outlives a release.
    cmd: { timeout: "10m", namespaceRegexp: `^(${workloadNamespaces.join("|")})$` },
    serviceAccountName,
    podPriorityClassName: priorityClassName,
    podAnnotations: scraped(8080),
    resources: compute("50m", "64Mi", "256Mi"),
    // The chart's user of the image.
    securityContext: { enabled: true, context: { ...restrictedContainer, runAsUser: 100, runAsGroup: 101 } },
  };
}
