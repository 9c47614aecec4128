import type { TaskSpec } from "../../crds/tekton.ts";

import { param } from "./names.ts";
import { ciCommand, small, toolsContainer, toolsDirectory, work } from "./step.ts";

/** `plan-release`, as release-app.yml calls it; its outputs become results. */
export function planTask(image: string): TaskSpec {
  return {
    description: "Checks the release, and names its image, tag and environment.",
    params: [
      param("application", "folder under apps/"),
      param("branch", "branch of the environment"),
      param("commit", "of the sources"),
      param("owner", "of the images"),
    ],
    workspaces: [work],
    results: [
      { name: "image", description: "registry and repository" },
      { name: "tag", description: "names the commit" },
      { name: "environment", description: "overlay" },
    ],
    steps: [
      {
        name: "plan",
        image,
        command: [...ciCommand, "plan-release"],
        args: [
          "--application=$(params.application)",
          "--branch=$(params.branch)",
          "--commit=$(params.commit)",
          "--owner=$(params.owner)",
        ],
        env: [
          { name: "HOME", value: "/tmp" },
          // Where Tekton looks for results (tektoncd/pipeline, docs/tasks.md, "Emitting Results").
          { name: "RESULTS_DIRECTORY", value: "/tekton/results" },
        ],
        workingDir: toolsDirectory,
        computeResources: small,
        securityContext: toolsContainer,
      },
    ],
  };
}
