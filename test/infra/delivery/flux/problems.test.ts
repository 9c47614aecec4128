import { expect, test } from "@jest/globals";

import type { Freeze } from "../../../../infra/calendar/freeze.ts";
import { fluxSchema } from "../../../../infra/config/gitops.ts";
import { fluxProblems } from "../../../../infra/delivery/flux/problems.ts";
import type { FluxProblemsArgs } from "../../../../infra/delivery/flux/problems.ts";

const now = new Date("2026-11-23T12:00:00Z");
const freeze = (until: string): Freeze => ({
  environment: "prod",
  from: "2026-11-20T00:00Z",
  until,
  reason: "year-end closing",
  by: "ops",
  strict: false,
});

const paths = (changes: Partial<FluxProblemsArgs>, flux: object = {}) =>
  fluxProblems({
    gitops: "flux",
    environments: ["dev", "prod"],
    flux: fluxSchema.parse(flux),
    deployments: [
      {
        ...{ application: "app", environment: "prod", path: "apps/app/overlays/prod", sync: undefined, flags: false },
        onFailure: { kind: "rollback" },
      },
    ],
    freezes: [],
    now,
    secrets: [],
    ...changes,
  }).map(({ path }) => path);

test("a stack on Flux has no problem by itself", () => {
  expect(paths({})).toEqual([]);
});

test("applications that are not there are named", () => {
  const images = { app: "ghcr.io/example/app", gone: "ghcr.io/example/gone" };
  expect(paths({}, { dependsOn: { app: ["old"], lost: ["app"] }, imageAutomation: { images } })).toEqual([
    "flux.dependsOn.app[0]",
    "flux.dependsOn.lost",
    "flux.imageAutomation.images.gone",
  ]);
});

test("secrets of Argo CD are refused, and alerts need their address", () => {
  expect(paths({ secrets: ["argocdWebhookSecret"] }, { alerts: {} })).toEqual(["argocdWebhookSecret", "flux.alerts"]);
  expect(paths({ secrets: ["alertsAddress"] }, { alerts: {} })).toEqual([]);
});

test("a freeze that Flux would not keep is refused until it is over", () => {
  expect(paths({ freezes: [freeze("2026-12-01T00:00Z")] })).toEqual(["delivery.prod.sync"]);
  expect(paths({ freezes: [freeze("2026-11-22T00:00Z")] })).toEqual([]);
});

test("a stack on Argo CD is not asked", () => {
  const frozen = { gitops: "argocd", freezes: [freeze("2026-12-01T00:00Z")] } as const;
  expect(paths({ ...frozen, secrets: ["argocdWebhookSecret"] })).toEqual([]);
});
