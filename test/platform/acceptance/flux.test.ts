import { ownPlatform } from "../support/own-platform.ts";

import { flux } from "./engines/flux.ts";
import { accessScenarios } from "./scenarios/access.ts";
import { arrivalScenarios } from "./scenarios/arrival.ts";
import { boundaryScenarios } from "./scenarios/boundaries.ts";
import { commandScenarios } from "./scenarios/commands.ts";
import { dashboardScenarios } from "./scenarios/dashboard.ts";
import { deploymentScenarios } from "./scenarios/deployment.ts";
import { driftScenarios } from "./scenarios/drift.ts";
import { fluxCommandScenarios } from "./scenarios/flux-commands.ts";
import { namespaceScenarios } from "./scenarios/namespaces.ts";
import { rollbackScenarios } from "./scenarios/rollback.ts";

// The scenarios of Argo CD on a platform that Flux delivers.
const get = ownPlatform("flux");

arrivalScenarios(get, flux);
commandScenarios(get, flux);
dashboardScenarios(get);
deploymentScenarios(get);
driftScenarios(get);
fluxCommandScenarios(get);
rollbackScenarios(get);
boundaryScenarios(get, flux);
accessScenarios(get, flux);
namespaceScenarios(get);
