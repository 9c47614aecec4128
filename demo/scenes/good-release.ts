import { describeUsers, usersOf } from "../observe/users.ts";
import { release } from "../release.ts";
import { environment } from "../setting.ts";
import { quicken } from "../tempo.ts";

import type { Scene } from "./scene.ts";

const stage = { namespace: environment.namespace, name: "app" };

/** More and more users get the new version while all checks pass. */
export const goodRelease: Scene = {
  name: "good-release",
  title: "A good release is promoted, step by step",
  stage,
  play: async (setting) => {
    const { tell, workloads } = setting;
    await quicken(setting, stage);
    const before = await workloads.traffic();
    const { canary } = await release(setting, {
      stage,
      message: "Demo: greet the users of app",
      change: (document) => {
        document.setIn(["images", 0, "newTag"], "6.14.2");
      },
    });
    const users = usersOf(before, await workloads.traffic(), stage);
    if (canary.status?.phase !== "Succeeded") throw new Error(`the good release ended as ${canary.status?.phase}`);
    tell.hear("users", describeUsers(users));
    if (users.failures > 0) throw new Error(`${users.failures} requests of users failed during a good release`);
    tell.result("promoted: every user is on the new version, and none noticed");
  },
};
