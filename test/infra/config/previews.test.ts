import { describe, expect, test } from "@jest/globals";

import { gitHubRepository } from "../../../infra/config/previews.ts";

import { parsed, problemsWith } from "./happy-path.ts";
import type { BadConfiguration } from "./happy-path.ts";

const pullRequests = { source: "pullRequests", credentials: { kind: "token", secret: "previews" } };
const local = { repository: "file:///srv/platform.git", previews: { source: "branches" } };

const bad: BadConfiguration[] = [
  [
    "pull requests without credentials",
    { previews: { source: "pullRequests" } },
    [
      'previews.credentials: missing; allowed: { kind: app, secret: <name> } or { kind: token, secret: <name> }, because source is "pullRequests"; add it',
    ],
  ],
  [
    "credentials without pull requests",
    { previews: { credentials: pullRequests.credentials } },
    ['previews.credentials: has no effect with source "none"; allowed: only with "pullRequests"; remove it'],
  ],
  [
    "pull requests beside prod",
    { environments: ["dev", "prod"], previews: pullRequests },
    [
      'previews.source: "pullRequests" would run code that nobody has reviewed in the cluster of prod; allowed: a stack without prod; set it to "none" here',
    ],
  ],
  [
    "a base that the stack does not serve",
    { environments: ["staging"], previews: pullRequests },
    ['previews.base: "dev" is not served by this stack; allowed: staging; choose one, or set source to "none"'],
  ],
  [
    "pull requests of a repository without any",
    { repository: "file:///srv/platform.git", previews: pullRequests },
    ['previews.source: "pullRequests" needs a repository on GitHub; allowed: "none"; change it, or change repository'],
  ],
  [
    "branches of a repository elsewhere",
    { previews: { source: "branches" } },
    [
      'previews.source: "branches" is for the platform of one machine, whose Git host it asks; allowed: "pullRequests" or "none"; choose one',
    ],
  ],
  [
    "a lifetime of nothing, no previews, and an application twice",
    { previews: { lifetime: "0h", maximum: 0, applications: ["app", "app"] } },
    [
      'previews.lifetime: "0h" is zero; allowed: a duration of one second or more; for example "180s"',
      "previews.maximum: 0 is too small; allowed: at least 1; raise it",
      'previews.applications[1]: "app" is listed twice; allowed: each application once; remove one',
    ],
  ],
  [
    "an environment in a namespace of previews",
    { delivery: { dev: { namespace: "preview-dev" } } },
    [
      'delivery.dev.namespace: "preview-dev" belongs to the cluster or to a controller; allowed: a namespace of the environment\'s own; for example "dev"',
    ],
  ],
];

describe("previews", () => {
  test("are off, and may come from pull requests or branches", () => {
    expect(parsed().previews.source).toBe("none");
    expect(parsed({ previews: pullRequests }).previews).toMatchObject({ label: "preview", maximum: 5, base: "dev" });
    expect(parsed(local).previews.lifetime).toBe("72h");
  });

  test.each(bad)("refuse %s", (_name, changes, problems) => {
    expect(problemsWith(changes)).toEqual(problems);
  });
});

test.each([
  ["https://github.com/example/platform.git", { host: "github.com", owner: "example", name: "platform" }],
  ["git@git.example.com:team/platform.git", { host: "git.example.com", owner: "team", name: "platform" }],
  ["file:///srv/platform.git", undefined],
])("the repository %s has its parts", (url, parts) => {
  expect(gitHubRepository(url)).toEqual(parts);
});
