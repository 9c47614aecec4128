import { describe, expect, test } from "@jest/globals";

import { parsed, problemsWith } from "./happy-path.ts";
import type { BadConfiguration } from "./happy-path.ts";

const flux = (changes: Record<string, unknown>) => ({ gitops: "flux", ...changes });
const scheduled = { kind: "scheduled", schedule: "0 18 * * 1-5", duration: "2h", timeZone: "UTC" };

const refused: BadConfiguration[] = [
  [
    "an engine that there is not",
    { gitops: "fleet" },
    ['gitops: "fleet" is unknown; allowed: "argocd", "flux"; choose one of these'],
  ],
  [
    "settings of Flux with Argo CD",
    { flux: { interval: "5m" } },
    ['flux: has no effect with gitops "argocd"; allowed: only with gitops "flux"; remove it or change gitops'],
  ],
  [
    "hours for a fetch",
    flux({ flux: { timeout: "1h" } }),
    [
      'flux.timeout: "1h" is not a timeout of a GitRepository; allowed: minutes and seconds in that order, more than zero; Flux takes no hours here; for example "20s"',
    ],
  ],
  [
    "no time for a fetch",
    flux({ flux: { timeout: "0s" } }),
    [expect.stringContaining("more than zero") as unknown as string],
  ],
  [
    "a strategy with windows",
    flux({ applications: [{ name: "app", sync: { dev: scheduled } }] }),
    [
      'applications[0].sync.dev.kind: "scheduled" is a sync window, and Flux has none; allowed with gitops "flux": "continuous", "manual"; choose "manual" and have somebody, or a scheduled job, run `gitops approve` when it is time, or choose gitops "argocd"',
    ],
  ],
  [
    "a repository that Flux cannot read",
    flux({ repository: "git@github.com:example/platform.git" }),
    [
      'repository: "git@github.com:example/platform.git" cannot be read by Flux; allowed with gitops "flux": https:// or ssh://; write it as "ssh://git@github.com/example/platform.git"',
    ],
  ],
  [
    "settings of Argo CD",
    flux({ argocd: { host: "argocd.example.com" } }),
    [
      'argocd: has no effect with gitops "flux"; allowed: only with gitops "argocd"; remove it (a webhook is flux.receiver)',
    ],
  ],
  [
    "previews",
    flux({ previews: { source: "pullRequests", credentials: { kind: "app", secret: "x" } } }),
    [
      'previews.source: "pullRequests" needs the ApplicationSets of Argo CD; allowed with gitops "flux": "none"; set it, or choose gitops "argocd"',
    ],
  ],
  [
    "dependencies in a circle",
    flux({ flux: { dependsOn: { a: ["b"], b: ["c"], c: ["a"], d: ["a"] } } }),
    ["a", "b", "c"].map(
      (name) =>
        `flux.dependsOn.${name}: "${name}" would wait for itself; allowed: dependencies without a circle; remove one of them`,
    ),
  ],
  [
    "an image with its tag",
    flux({ flux: { imageAutomation: { images: { app: "ghcr.io/example/app:1.0.0" } } } }),
    [expect.stringContaining("is not an image without its tag") as unknown as string],
  ],
  [
    "image automation of prod",
    flux({ flux: { imageAutomation: { images: {}, environment: "prod" } } }),
    [expect.stringContaining('allowed: "dev", "staging"') as unknown as string],
  ],
];

describe("the engine", () => {
  test.each(refused)("refuses %s", (_name, changes, problems) => {
    expect(problemsWith(changes)).toEqual(problems);
  });

  test("is Argo CD or Flux, with its defaults", () => {
    expect(parsed().gitops).toBe("argocd");
    expect(parsed(flux({})).flux).toEqual({ interval: "1m", timeout: "20s", healthTimeout: "15m", dependsOn: {} });
  });

  test("says nothing about a strategy that is wrong by itself", () => {
    const problems = problemsWith(flux({ applications: [{ name: "app", sync: { dev: { kind: "auto" } } }] }));
    expect(problems).toEqual([expect.stringContaining('"auto" is unknown')]);
  });
});
