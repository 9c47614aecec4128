import { afterAll, beforeAll } from "@jest/globals";

import { ThrowAwayPlatform } from "../support/platform.ts";
import { timeouts } from "../support/scenario.ts";

import { accessScenarios } from "./scenarios/access.ts";
import { argocdRightsScenarios } from "./scenarios/argocd-rights.ts";
import { arrivalScenarios } from "./scenarios/arrival.ts";
import { boundaryScenarios } from "./scenarios/boundaries.ts";
import { commandScenarios } from "./scenarios/commands.ts";
import { deploymentScenarios } from "./scenarios/deployment.ts";
import { driftScenarios } from "./scenarios/drift.ts";
import { namespaceScenarios } from "./scenarios/namespaces.ts";

// One file and one platform for all of it, because a start costs more than every scenario does.
let platform: ThrowAwayPlatform | undefined;
const get = (): ThrowAwayPlatform => {
  if (platform === undefined) throw new Error("the platform did not start");
  return platform;
};

beforeAll(async () => {
  platform = await ThrowAwayPlatform.create();
  await platform.start();
}, timeouts.start);
afterAll(() => platform?.remove(), timeouts.stop);

// First: what a start leaves, before anything is changed.
arrivalScenarios(get);
commandScenarios(get);
deploymentScenarios(get);
driftScenarios(get);
boundaryScenarios(get);
accessScenarios(get);
argocdRightsScenarios(get);
namespaceScenarios(get);
