import type { FluxConfig } from "../../config/gitops.ts";
import type { ImagePolicySpec, ImageRepositorySpec, ImageUpdateAutomationSpec } from "../../crds/flux.ts";
import type { DeliveryEnvironment } from "../environment.ts";

import { sourceName } from "./names.ts";

/** Between two looks at a registry; each is a request for every image, and registries count them. */
const scanInterval = "5m";

/** Whose commits these are. Nobody reads mail there: `.invalid` never exists (RFC 2606). */
const author = { name: "Flux", email: "flux@gitops.invalid" };

/** The tags of one image. */
export function imageRepositorySpec(image: string): ImageRepositorySpec {
  return { image, interval: scanInterval };
}

/** Which of them is wanted: the highest in the range. */
export function imagePolicySpec(application: string, range: string): ImagePolicySpec {
  return { imageRepositoryRef: { name: application }, policy: { semver: { range } } };
}

/**
 * Writes the wanted tags into the environment's branch, where a comment in an overlay names a policy:
 * `# {"$imagepolicy": "<namespace>:<application>:tag"}`.
 */
export function imageUpdateAutomationSpec(
  { branch }: Pick<DeliveryEnvironment, "branch">,
  { interval }: Pick<FluxConfig, "interval">,
): ImageUpdateAutomationSpec {
  return {
    sourceRef: { kind: "GitRepository", name: sourceName },
    interval,
    git: {
      checkout: { ref: { branch } },
      commit: {
        author,
        // Template data: fluxcd/image-automation-controller, docs/spec/v1/imageupdateautomations.md.
        messageTemplate: "Take new images\n\n{{ range .Changed.Changes }}{{ .OldValue }} -> {{ .NewValue }}\n{{ end }}",
      },
      push: { branch },
    },
    update: { path: "./apps", strategy: "Setters" },
  };
}
