import type { CustomObject, TaskSpec } from "../../crds/tekton.ts";

import { checkoutTask } from "./checkout.ts";
import { imageTask } from "./image.ts";
import { ciNamespaces, object } from "./names.ts";
import { overlayTask } from "./overlay.ts";
import { planTask } from "./plan.ts";
import { signTask } from "./sign.ts";
import { testTask } from "./test.ts";

/** The Tasks of a release by name, in their order. */
export function taskSpecs(image: string): Readonly<Record<string, TaskSpec>> {
  return {
    checkout: checkoutTask(image),
    plan: planTask(image),
    test: testTask,
    image: imageTask(),
    sign: signTask(),
    overlay: overlayTask(image),
  };
}

/** @param image of cli/ci/Dockerfile */
export function tasks(image: string): readonly CustomObject[] {
  return Object.entries(taskSpecs(image)).map(([name, spec]) =>
    object("pipeline", "Task", ciNamespaces.runs, `release-${name}`, spec),
  );
}
