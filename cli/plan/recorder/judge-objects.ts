import { readFileSync } from "node:fs";

import type { PackConfig } from "../../../policies/configuration.ts";
import { judgeManifests, type KubernetesObject, type ManifestViolation } from "../../../policies/manifests.ts";
import { today } from "../../../policies/model/policy.ts";
import { policyNames } from "../../../policies/policies.ts";
import { parseWaivers } from "../../../policies/waivers/parse.ts";
import { WaiverRegister } from "../../../policies/waivers/register.ts";
import type { RenderedObject } from "../manifests/render.ts";

/** How to judge. */
export interface JudgeObjects {
  readonly environment: string;
  readonly config: PackConfig;
  /** File of the waivers; undefined for none. */
  readonly waivers: string | undefined;
}

/** Judges rendered objects by the policies of the pack. */
export function judge(
  objects: readonly RenderedObject[],
  { environment, config, waivers }: JudgeObjects,
): readonly ManifestViolation[] {
  const register =
    waivers === undefined
      ? undefined
      : new WaiverRegister(parseWaivers(readFileSync(waivers, "utf8"), today(), policyNames), today());
  const raw = objects.map((object) => object.raw as unknown as KubernetesObject);
  return judgeManifests(raw, { environment, config, waivers: register });
}
