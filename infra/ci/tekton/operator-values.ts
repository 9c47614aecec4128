import { compute, replicas, restrictedContainer } from "../../controllers/pods.ts";
import type { StackProfile } from "../../environments.ts";

/** Controllers of the operator: the components that `platform-config.ts` asks for, and no others. */
const controllers = ["tektonconfig", "tektonpipeline", "tektontrigger", "tektonchain", "tektonpruner"] as const;

/** Values of the operator's chart (tektoncd/operator v0.81.1, charts/tekton-operator/values.yaml). */
export function operatorValues(profile: StackProfile) {
  const pod = { replicas: replicas(profile), resources: compute("50m", "256Mi", "512Mi") };
  return {
    // The chart's README prefers them by hand, because an uninstall takes every Pipeline with them; here those go first
    // anyway, and come back from Git.
    installCRDs: true,
    controllers: controllers.join(","),
    operator: {
      ...pod,
      // `platform-config.ts` is the one TektonConfig: two would race.
      autoInstallComponents: false,
    },
    webhook: pod,
    podSecurityContext: { runAsNonRoot: true, seccompProfile: { type: "RuntimeDefault" } },
    securityContext: { ...restrictedContainer, readOnlyRootFilesystem: false },
  } as const;
}
