import type { TaskSpec } from "../../crds/tekton.ts";

import { param } from "./names.ts";
import { folders, gitEnvironment, small, toolsContainer, toolsDirectory, work } from "./step.ts";

/** Clones the platform at the branch of the environment, and the sources at the pushed commit. No shell sees a parameter. */
export function checkoutTask(image: string): TaskSpec {
  const env = gitEnvironment("$(workspaces.git.path)");
  const git = (name: string, args: readonly string[]) => ({
    name,
    image,
    command: ["git"],
    args,
    env,
    workingDir: toolsDirectory,
    computeResources: small,
    securityContext: toolsContainer,
  });
  return {
    description: "Checks out the platform and the sources.",
    params: [
      param("platform", "repository of the platform"),
      param("branch", "branch of the platform that the environment follows"),
      param("source", "repository of the sources"),
      param("commit", "of the sources"),
    ],
    workspaces: [work, { name: "git", description: "user and password of the Git host", readOnly: true }],
    steps: [
      git("platform", [
        ...["clone", "--depth=1", "--single-branch", "--branch=$(params.branch)"],
        ...["--", "$(params.platform)", folders.platform],
      ]),
      git("source", ["clone", "--no-checkout", "--filter=blob:none", "--", "$(params.source)", folders.source]),
      git("commit", ["-C", folders.source, "checkout", "--detach", "$(params.commit)"]),
    ],
  };
}
