import { compute, restrictedContainer, spread } from "../../controllers/pods.ts";
import type { CustomObject } from "../../crds/tekton.ts";

import { accounts, ciNamespaces, object, releaseName } from "./names.ts";

/** Labels of the listener's pods (tektoncd/triggers, pkg/reconciler/eventlistener/resources/common.go). */
export const listenerLabels = { eventlistener: releaseName } as const;

/** Service and port that the controller makes for it (tektoncd/triggers, docs/eventlisteners.md, "Exposing"). */
export const listenerService = { name: `el-${releaseName}`, port: 8080 } as const;

/**
 * Receives webhooks and starts runs.
 * @param triggers names of those it serves
 * @param replicas one, or several behind the Service
 */
export function eventListener(triggers: readonly string[], replicas: number): CustomObject {
  return object("triggers", "EventListener", ciNamespaces.webhooks, releaseName, {
    triggers: triggers.map((triggerRef) => ({ triggerRef })),
    // None but those above, so that a Trigger that somebody adds to the namespace starts nothing.
    resources: {
      kubernetesResource: {
        replicas,
        serviceType: "ClusterIP",
        spec: {
          template: {
            spec: {
              serviceAccountName: accounts.listener,
              topologySpreadConstraints: spread(listenerLabels),
              containers: [{ resources: compute("50m", "128Mi", "256Mi"), securityContext: restrictedContainer }],
            },
          },
        },
      },
    },
  });
}
