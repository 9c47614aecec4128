import { autoscaling } from "./autoscaling.ts";
import { badRelease } from "./bad-release.ts";
import { crashingRelease } from "./crashing-release.ts";
import { featureFlag } from "./feature-flag.ts";
import { goodRelease } from "./good-release.ts";
import type { Scene } from "./scene.ts";
import { slowRelease } from "./slow-release.ts";

export type { Scene } from "./scene.ts";

/** In the order of the tour. */
export const scenes: readonly Scene[] = [
  goodRelease,
  badRelease,
  slowRelease,
  crashingRelease,
  autoscaling,
  featureFlag,
];
