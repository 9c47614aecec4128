import type { JenkinsXConfig } from "../../config/ci.ts";
import { compute } from "../../controllers/pods.ts";
import { images } from "../../versions.ts";

/**
 * Values of the Git operator's chart (jenkins-x/jx-git-operator v0.2.4, charts/jx-git-operator/values.yaml). No `url`,
 * `username` or `password`: with them the chart would write a Secret, in plain text into Helm's and Pulumi's state.
 * Somebody else puts the Secret there, with the label by which the operator finds it (docs/ci.md).
 */
export function operatorValues({ pollSeconds }: Pick<JenkinsXConfig, "pollSeconds">) {
  return {
    image: { repository: images.jxGitOperator.repository, tag: images.jxGitOperator.tag },
    // The operator itself reads Secrets and ConfigMaps and starts Jobs, in its own namespace.
    rbac: { cluster: false, strict: true },
    env: { POLL_DURATION: `${pollSeconds}s` },
    resources: compute("80m", "128Mi", "256Mi"),
    // The Jobs that it starts install whatever the environment repository holds: Jenkins X makes them cluster-admin.
    bootServiceAccount: { enabled: true },
  } as const;
}
