import { compute } from "../../controllers/pods.ts";
import type { EnvVar, Step } from "../../crds/tekton.ts";
import { images } from "../../versions.ts";

import { runUser } from "./names.ts";
import { folders } from "./step.ts";

/**
 * What BuildKit needs to run without root (moby/buildkit v0.32.2, docs/rootless.md and
 * examples/kubernetes/job.rootless.yaml): the kernel's unshare and mount, which the default seccomp and AppArmor
 * profiles keep from containers, and newuidmap, which gets its rights from its file (so escalation stays allowed).
 * Both pod security standards `restricted` and `baseline` refuse this; `privileged: true` is not needed.
 */
export const rootlessContainer = {
  privileged: false,
  runAsNonRoot: true,
  runAsUser: runUser,
  runAsGroup: runUser,
  seccompProfile: { type: "Unconfined" },
  appArmorProfile: { type: "Unconfined" },
} as const;

/** Where BuildKit keeps its layers; the image's own volume does not work on every node (docs/rootless.md). */
export const buildkitVolume = { name: "buildkit", emptyDir: {} } as const;

/**
 * A build by a BuildKit that lives as long as the step.
 * @param options of `buildctl build`, after context and Dockerfile
 */
export function buildStep(name: string, options: readonly string[], env: readonly EnvVar[] = []): Step {
  const context = `${folders.source}/$(params.context)`;
  return {
    name,
    image: `${images.buildkit.repository}:${images.buildkit.tag}`,
    command: ["buildctl-daemonless.sh"],
    args: [
      "build",
      "--frontend=dockerfile.v0",
      `--local=context=${context}`,
      `--local=dockerfile=${context}`,
      ...options,
    ],
    env: [
      // Kubernetes keeps /proc masked, so a build shares the daemon's (docs/rootless.md says what that costs).
      { name: "BUILDKITD_FLAGS", value: "--oci-worker-no-process-sandbox" },
      ...env,
    ],
    computeResources: compute("1", "2Gi", "4Gi"),
    securityContext: rootlessContainer,
    volumeMounts: [{ name: buildkitVolume.name, mountPath: "/home/user/.local/share/buildkit" }],
  };
}
