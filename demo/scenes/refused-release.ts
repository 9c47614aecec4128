import type { Document } from "yaml";

import { readApplications } from "../../local/argocd/index.ts";
import { overlayFile } from "../git/overlay.ts";
import type { Stage } from "../git/overlay.ts";
import { follow } from "../observe/follow.ts";
import { describeUsers, usersOf } from "../observe/users.ts";
import { analysed, release } from "../release.ts";
import type { Setting } from "../setting.ts";
import { quicken } from "../tempo.ts";

export interface RefusedRelease {
  readonly stage: Stage;
  readonly message: string;
  readonly change: (document: Document) => void;
}

/**
 * Releases something bad: Flagger refuses it, the platform takes the commit back in Git, and the application is healthy
 * again, by itself. Users stay on the version they had.
 * @throws Error when it is promoted, when users meet an error, or when Git does not come back
 */
export async function playRefused(setting: Setting, refused: RefusedRelease): Promise<void> {
  const { bench, client, tell, workloads, signal } = setting;
  const { stage } = refused;
  await quicken(setting, stage);
  const before = await workloads.traffic();
  const { commit, canary } = await release(setting, refused);
  if (canary.status?.phase !== "Failed") throw new Error(`the bad release ended as ${canary.status?.phase}`);
  tell.hear("users", describeUsers(usersOf(before, await workloads.traffic(), stage)));

  const revert = await follow(
    () => bench.latest(overlayFile(stage)),
    (latest) => latest !== commit,
    { what: `a commit that takes ${commit.slice(0, 8)} back`, seconds: 180, signal },
  );
  tell.hear("rollback", await bench.describe(revert));
  const recovered = await analysed(setting, stage, canary);
  if (recovered.status?.phase !== "Succeeded") throw new Error(`after the rollback: ${recovered.status?.phase}`);
  const name = `${stage.name}-${stage.namespace}`;
  await follow(
    async () => (await readApplications(client)).find((application) => application.name === name),
    ({ sync, health }) => sync === "Synced" && health === "Healthy",
    { what: `${name} Synced and Healthy`, seconds: 180, signal },
  );
  const users = usersOf(before, await workloads.traffic(), stage);
  tell.hear("users", describeUsers(users));
  if (users.failures > 0) throw new Error(`${users.failures} requests of users failed`);
  tell.result("refused, taken back in Git, healthy again; no user met the bad version");
}
