import type { KustomizationSpec } from "../../crds/flux.ts";

type Expressions = NonNullable<KustomizationSpec["healthCheckExprs"]>;

/**
 * Health of what Flagger and KEDA own, in CEL: the same judgement as Argo CD's checks give
 * (infra/controllers/argocd/health-checks.ts says why). Without them a Canary, which has no condition `Ready`, counts
 * as current from the first moment on. Before a status is there an expression fails, and the controller asks again.
 */
export const healthCheckExprs: Expressions = [
  {
    apiVersion: "flagger.app/v1beta1",
    kind: "Canary",
    failed: "status.phase == 'Failed'",
    // Waiting for a person is neither broken nor in progress: it may last longer than any timeout.
    current: "status.phase in ['Initialized', 'Waiting', 'WaitingPromotion', 'Succeeded']",
  },
  {
    apiVersion: "keda.sh/v1alpha1",
    kind: "ScaledObject",
    failed: "status.conditions.exists(c, c.type == 'Ready' && c.status == 'False')",
    current: "status.conditions.exists(c, (c.type == 'Ready' || c.type == 'Paused') && c.status == 'True')",
  },
];
