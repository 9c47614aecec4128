import { withArguments } from "../release.ts";
import { environment } from "../setting.ts";

import { playRefused } from "./refused-release.ts";
import type { Scene } from "./scene.ts";

const stage = { namespace: environment.namespace, name: "reporting" };

/** podinfo waits between the two bounds before each answer; the analysis allows 500 ms. */
const delays = ["--random-delay", "--random-delay-min=600", "--random-delay-max=900", "--random-delay-unit=ms"];

export const slowRelease: Scene = {
  name: "slow-release",
  title: "A slow release is refused, and Git goes back by itself",
  stage,
  play: (setting) =>
    playRefused(setting, {
      stage,
      message: "Demo: a slow release of reporting",
      change: (document) => withArguments(document, ...delays),
    }),
};
