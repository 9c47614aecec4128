import { applicationInProject } from "./application-in-project.ts";
import { applicationSetBounded } from "./application-set-bounded.ts";
import { clusterBounded } from "./cluster-bounded.ts";
import { noDefaultProject } from "./no-default-project.ts";
import { noWildcards } from "./no-wildcards.ts";
import { chartVersions, noHead } from "./pinned-versions.ts";
import { automatedSync, noAutoSync, windowRequired } from "./sync-rules.ts";
import { windowValid } from "./window-valid.ts";

/** Policies on Argo CD and on what the controllers are installed from. */
export const argocdPolicies = [
  noDefaultProject,
  noWildcards,
  applicationInProject,
  applicationSetBounded,
  clusterBounded,
  automatedSync,
  windowRequired,
  windowValid,
  noAutoSync,
  chartVersions,
  noHead,
] as const;
