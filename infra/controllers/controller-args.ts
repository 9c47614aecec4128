import type { ProviderResource, Resource } from "@pulumi/pulumi/resource.js";

import type { StackProfile } from "../environments.ts";

/** What every controller needs. */
export interface ControllerArgs {
  readonly provider: ProviderResource;
  readonly profile: StackProfile;
  /**
   * The priority class of the pods: the API server refuses pods whose class is not there. It waits for everything that
   * a pod needs, so a release that depends on it does too (a component's own `dependsOn` does not reach its children).
   */
  readonly priorityClass: Resource;
}
