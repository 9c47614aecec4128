import { describe, expect, test } from "@jest/globals";

import { pullRequestsOf } from "../../../cli/repository/host.ts";

const at = (url: string) => ({ repository: "/nowhere", remote: "origin", url });
const environment = { GITHUB_TOKEN: "token" };

describe("the host of a remote", () => {
  test.each([
    "https://github.com/example/platform.git",
    "https://github.com/example/platform",
    "git@github.com:example/platform.git",
    "ssh://git@github.com/example/platform.git/",
  ])("is GitHub for %s", async (url) => {
    expect(await pullRequestsOf(at(url), undefined, environment)).toBeDefined();
  });

  test.each(["/srv/git/platform.git", "../platform", "file:///srv/git/platform.git"])(
    "is plain Git for %s",
    async (url) => {
      expect(await pullRequestsOf(at(url), undefined, environment)).toBeUndefined();
    },
  );

  test("is plain Git anywhere when asked for", async () => {
    expect(await pullRequestsOf(at("https://git.example.com/a/b"), "none", {})).toBeUndefined();
  });

  test("is a server of one's own when the environment names it", async () => {
    const own = { ...environment, GITHUB_SERVER_URL: "https://git.example.com" };
    expect(await pullRequestsOf(at("git@git.example.com:a/b.git"), undefined, own)).toBeDefined();
  });

  test("must be said where it cannot be told, and needs a token and a repository", async () => {
    const unknown = at("https://git.example.com/a/b");
    await expect(pullRequestsOf(unknown, undefined, environment)).rejects.toThrow("--host github or --host none");
    await expect(pullRequestsOf(at("git@github.com:a/b"), undefined, {})).rejects.toThrow("GITHUB_TOKEN");
    await expect(pullRequestsOf(at("/srv/b.git"), "github", environment)).rejects.toThrow("GITHUB_REPOSITORY");
  });
});
