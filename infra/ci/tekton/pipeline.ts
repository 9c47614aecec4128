import type { CustomObject, TaskSpec } from "../../crds/tekton.ts";

import { ciNamespaces, object, param, releaseName } from "./names.ts";
import { taskSpecs } from "./tasks.ts";

/** Minutes that a Task may take; those of release-app.yml. */
const minutes: Readonly<Record<string, number>> = {
  checkout: 10,
  plan: 10,
  test: 45,
  image: 45,
  sign: 15,
  overlay: 15,
};

/** Where a parameter of a Task comes from, where it is not the run's parameter of the same name. */
const sources: Readonly<Record<string, Readonly<Record<string, string>>>> = {
  image: { image: "$(tasks.plan.results.image)", tag: "$(tasks.plan.results.tag)" },
  sign: { image: "$(tasks.plan.results.image)", digest: "$(tasks.image.results.IMAGE_DIGEST)" },
  overlay: {
    environment: "$(tasks.plan.results.environment)",
    image: "$(tasks.plan.results.image)",
    tag: "$(tasks.plan.results.tag)",
    digest: "$(tasks.image.results.IMAGE_DIGEST)",
  },
};

/** Order that no result implies: nothing is built before its tests passed, nothing is written before its signature holds. */
const after: Readonly<Record<string, readonly string[]>> = {
  plan: ["checkout"],
  test: ["checkout"],
  image: ["plan", "test"],
  overlay: ["sign"],
};

/** Checkout, plan, tests, image, signature, overlay: the jobs of release-app.yml. */
export function pipelineSpec(image: string) {
  return {
    description: "Releases an application into an environment.",
    params: [
      param("application", "folder under apps/"),
      param("source", "repository of the sources"),
      param("commit", "of the sources"),
      param("context", "folder of the Dockerfile in the sources"),
      param("platform", "repository of the platform"),
      param("branch", "branch of the platform that the environment follows"),
      param("owner", "of the images"),
      param("key", "that signs"),
    ],
    workspaces: [
      { name: "work", description: "both checkouts" },
      { name: "git", description: "user and password of the Git host" },
      { name: "registry", description: "config.json of the registry" },
    ],
    tasks: Object.entries(taskSpecs(image)).map(([name, spec]) => pipelineTask(name, spec)),
    // Of a run as a whole, for its provenance.
    results: ["IMAGE_URL", "IMAGE_DIGEST"].map((name) => ({ name, value: `$(tasks.image.results.${name})` })),
  };
}

function pipelineTask(name: string, { params, workspaces }: TaskSpec) {
  const before = after[name];
  return {
    name,
    taskRef: { kind: "Task", name: `release-${name}` },
    ...(before === undefined ? {} : { runAfter: before }),
    timeout: `${minutes[name] ?? 10}m`,
    params: params.map((given) => ({
      name: given.name,
      value: sources[name]?.[given.name] ?? `$(params.${given.name})`,
    })),
    workspaces: workspaces.map((given) => ({ name: given.name, workspace: given.name })),
  };
}

/** @param image of cli/ci/Dockerfile */
export function pipeline(image: string): CustomObject {
  return object("pipeline", "Pipeline", ciNamespaces.runs, releaseName, pipelineSpec(image));
}
