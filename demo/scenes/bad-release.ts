import { withArguments } from "../release.ts";
import { environment } from "../setting.ts";

import { playRefused } from "./refused-release.ts";
import type { Scene } from "./scene.ts";

const stage = { namespace: environment.namespace, name: "core-trading" };

export const badRelease: Scene = {
  name: "bad-release",
  title: "A release with errors is refused, and Git goes back by itself",
  stage,
  play: (setting) =>
    playRefused(setting, {
      stage,
      message: "Demo: a release of core-trading with random errors",
      change: (document) => withArguments(document, "--random-error"),
    }),
};
