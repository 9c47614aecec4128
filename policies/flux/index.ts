import { fluxKustomizationBounded } from "./kustomization-bounded.ts";
import { fluxNoRemovedVersions } from "./no-removed-versions.ts";
import { fluxSourcePinned } from "./source-pinned.ts";
import { fluxApprovalRequired, fluxNoAutoSync, fluxPrune } from "./sync-rules.ts";

/** Policies on Flux. */
export const fluxPolicies = [
  fluxSourcePinned,
  fluxKustomizationBounded,
  fluxPrune,
  fluxNoAutoSync,
  fluxApprovalRequired,
  fluxNoRemovedVersions,
] as const;
