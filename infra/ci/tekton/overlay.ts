import type { TaskSpec } from "../../crds/tekton.ts";

import { param } from "./names.ts";
import { ciCommand, gitEnvironment, small, toolsContainer, toolsDirectory, work } from "./step.ts";

/** Author of the commits; the Git host sees who pushed by the credential. */
const committer = { name: "gitops-ci", email: "gitops-ci@users.noreply.invalid" } as const;

/** `write-tag`, as release-app.yml calls it: `kustomize edit set image`, a build of the overlay, commit and push. */
export function overlayTask(image: string): TaskSpec {
  return {
    description: "Writes the image into the overlay and pushes the commit to the environment's branch.",
    params: [
      param("application", "folder under apps/"),
      param("environment", "overlay"),
      param("branch", "branch of the environment"),
      param("image", "registry and repository"),
      param("tag", "names the commit"),
      param("digest", "sha256:..."),
    ],
    workspaces: [work, { name: "git", description: "user and password of the Git host", readOnly: true }],
    steps: [
      {
        name: "write",
        image,
        command: [...ciCommand, "write-tag"],
        args: [
          ...["--application=$(params.application)", "--environment=$(params.environment)"],
          ...["--branch=$(params.branch)", "--image=$(params.image)", "--tag=$(params.tag)"],
          ...["--digest=$(params.digest)", `--committer=${committer.name} <${committer.email}>`],
        ],
        env: gitEnvironment("$(workspaces.git.path)"),
        workingDir: toolsDirectory,
        computeResources: small,
        securityContext: toolsContainer,
      },
    ],
  };
}
