import { ownPlatform } from "../support/own-platform.ts";

import { argocd } from "./engines/argocd.ts";
import { accessScenarios } from "./scenarios/access.ts";
import { argocdRightsScenarios } from "./scenarios/argocd-rights.ts";
import { arrivalScenarios } from "./scenarios/arrival.ts";
import { boundaryScenarios } from "./scenarios/boundaries.ts";
import { commandScenarios } from "./scenarios/commands.ts";
import { complianceScenarios } from "./scenarios/compliance.ts";
import { dashboardScenarios } from "./scenarios/dashboard.ts";
import { deploymentScenarios } from "./scenarios/deployment.ts";
import { driftScenarios } from "./scenarios/drift.ts";
import { namespaceScenarios } from "./scenarios/namespaces.ts";
import { rollbackScenarios } from "./scenarios/rollback.ts";

// One file and one platform for all of it.
const get = ownPlatform();

// First: what a start leaves, before anything is changed.
arrivalScenarios(get, argocd);
commandScenarios(get, argocd);
dashboardScenarios(get);
deploymentScenarios(get);
driftScenarios(get);
rollbackScenarios(get);
boundaryScenarios(get, argocd);
accessScenarios(get, argocd);
argocdRightsScenarios(get);
namespaceScenarios(get);
complianceScenarios(get);
