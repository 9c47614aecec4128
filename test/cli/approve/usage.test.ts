import { afterEach, beforeEach, describe, expect, test } from "@jest/globals";

import { gitops, temporaryFolder } from "../plan/gitops.ts";
import { makeRepositories } from "../recovery/repositories.ts";
import type { Repositories } from "../recovery/repositories.ts";

let git: Repositories;

beforeEach(async () => {
  git = await makeRepositories();
});
afterEach(() => git.remove());

const approve = (...args: readonly string[]) =>
  gitops(git.clone, ["approve", ...args], { GIT_AUTHOR_NAME: "Ann", GIT_AUTHOR_EMAIL: "ann@example.com" });

describe("gitops approve refuses, with what to do", () => {
  test("a platform that was not started", async () => {
    const refused = await approve("app", "--env", "prod", "--local", temporaryFolder());
    expect(refused).toMatchObject({ exitCode: 2, stderr: expect.stringContaining("npm start") });
  });

  test("a folder that is no clone, before it asks any cluster", async () => {
    const refused = await approve("app", "--env", "prod", "--directory", temporaryFolder());
    expect(refused).toMatchObject({ exitCode: 2, stderr: expect.stringContaining("no clone") });
  });

  test("a person whom Git does not know: an approval has a name", async () => {
    const refused = await gitops(git.clone, ["approve", "app", "--env", "prod"]);
    expect(refused).toMatchObject({ exitCode: 2, stderr: expect.stringContaining("git config user.name") });
  });

  test("an environment that is none, with those that there are", async () => {
    const refused = await approve("app", "--env", "nowhere");
    expect(refused).toMatchObject({ exitCode: 2, stderr: expect.stringContaining("dev, staging, prod") });
  });

  test("a path as the name of an application", async () => {
    expect(await approve("../app", "--env", "prod")).toMatchObject({ exitCode: 2 });
  });
});
