import { expect, test } from "@jest/globals";

import { badChanges } from "../../support/bad-changes.ts";
import { copyProject, edit } from "../../support/project-copy.ts";

import { gitops, planJson, temporaryFolder } from "./gitops.ts";

test("this project is clean for prod; what must not pass is refused with policy, resource, reason and mend", async () => {
  const folder = temporaryFolder();
  await copyProject(folder);
  expect(await gitops(folder, ["plan", "prod"])).toMatchObject({
    exitCode: 0,
    stderr: "",
    stdout: expect.stringMatching(/0 mandatory violations, 0 advisory$/),
  });

  await edit(
    folder,
    badChanges.map((change) => change.edit),
  );
  const { stacks, overlays } = await planJson(folder, ["prod"]);
  const violations = [...stacks, ...overlays].flatMap((judged) => judged.violations);
  for (const { policy, resource, reason } of badChanges) {
    const found = violations.filter((one) => one.policy === policy && (one.resource ?? "").includes(resource));
    expect(found).toContainEqual(
      expect.objectContaining({ enforcement: "mandatory", message: expect.stringContaining(reason) }),
    );
    for (const { message } of found) expect(message).toMatch(/To mend: \w/);
  }
  const text = await gitops(folder, ["plan", "prod"]);
  expect(text.exitCode).toBe(1);
  for (const { policy, reason } of badChanges) {
    expect(text.stdout).toContain(`] ${policy}`);
    expect(text.stdout).toContain(reason);
  }
});
