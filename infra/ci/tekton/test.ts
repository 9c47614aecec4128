import type { TaskSpec } from "../../crds/tekton.ts";

import { buildkitVolume, buildStep } from "./build-step.ts";
import { param } from "./names.ts";
import { work } from "./step.ts";

/** Builds the stage "test" of the Dockerfile. Code under test runs here, where no credential is mounted. */
export const testTask: TaskSpec = {
  description: "Runs the tests.",
  params: [param("context", "folder of the Dockerfile in the sources")],
  workspaces: [{ ...work, readOnly: true }],
  steps: [buildStep("test", ["--opt=target=test"])],
  volumes: [buildkitVolume],
};
