import type { TaskSpec } from "../../crds/tekton.ts";
import { images } from "../../versions.ts";

import { param } from "./names.ts";
import { closedContainer, small } from "./step.ts";

/** Signs by digest, because a tag could be moved in between, and verifies what was signed. No shell is in the image. */
export function signTask(): TaskSpec {
  const reference = "$(params.image)@$(params.digest)";
  const cosign = (name: string, args: readonly string[]) => ({
    name,
    image: `${images.cosign.repository}:${images.cosign.tag}`,
    // The image's own entry point, written out: Tekton would else ask the registry for it before it makes the pod.
    command: ["/ko-app/cosign"],
    args,
    env: [
      { name: "HOME", value: "/tmp" },
      { name: "DOCKER_CONFIG", value: "$(workspaces.registry.path)" },
    ],
    computeResources: small,
    securityContext: closedContainer,
    // What a verification caches.
    volumeMounts: [{ name: "cache", mountPath: "/tmp" }],
  });
  return {
    description: "Signs the image and verifies the signature.",
    params: [
      param("image", "registry and repository"),
      param("digest", "sha256:..."),
      param("key", "of the key service"),
    ],
    workspaces: [{ name: "registry", description: "config.json of the registry", readOnly: true }],
    steps: [
      cosign("sign", ["sign", "--yes", "--key=$(params.key)", reference]),
      cosign("verify", ["verify", "--key=$(params.key)", reference]),
    ],
    volumes: [{ name: "cache", emptyDir: {} }],
  };
}
