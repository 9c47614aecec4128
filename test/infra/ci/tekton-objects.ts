import { tektonObjects } from "../../../infra/ci/tekton/objects.ts";
import { ciSchema } from "../../../infra/config/ci.ts";
import type { TektonConfig } from "../../../infra/config/ci.ts";
import type { CustomObject } from "../../../infra/crds/tekton.ts";
import { environments } from "../../../infra/environments.ts";

import { tektonGiven } from "./tekton-config.ts";

export const platform = "https://github.com/example/gitops-platform.git";

/** The checked configuration, with some keys changed. */
export function tektonConfig(changes: Readonly<Partial<Record<keyof TektonConfig, unknown>>> = {}): TektonConfig {
  const config = ciSchema.parse({ ...tektonGiven, ...changes });
  if (config.kind !== "tekton") throw new Error(`kind is ${config.kind}`);
  return config;
}

/** What it comes to in prod. */
export function objectsOf(config = tektonConfig()) {
  const branches = { dev: "develop", staging: "release", prod: "main" };
  return tektonObjects({ config, platform, branches, profile: environments.prod.cluster });
}

export function ofKind<Spec>(kind: string, objects: readonly CustomObject[] = objectsOf().release) {
  return objects
    .filter((object) => object.kind === kind)
    .map(({ metadata, spec }) => ({ name: metadata.name, namespace: metadata.namespace, spec: spec as Spec }));
}
