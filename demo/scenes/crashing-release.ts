import { withArguments } from "../release.ts";
import { environment } from "../setting.ts";

import { playRefused } from "./refused-release.ts";
import type { Scene } from "./scene.ts";

const stage = { namespace: environment.namespace, name: "core-trading" };

export const crashingRelease: Scene = {
  name: "crashing-release",
  title: "A release that crashes never gets a user",
  stage,
  play: (setting) =>
    playRefused(setting, {
      stage,
      message: "Demo: a release of core-trading that crashes",
      change: (document) => withArguments(document, "--no-such-flag"),
    }),
};
