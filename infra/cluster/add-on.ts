import { Addon } from "@pulumi/aws/eks/addon.js";
import type { CustomResourceOptions } from "@pulumi/pulumi/resource.js";

import type { Tags } from "./tags.ts";
import type { AddOnVersions } from "./versions.ts";

export interface AddOnArgs {
  readonly clusterName: string;
  readonly addOn: keyof AddOnVersions;
  readonly version: string;
  /** Values by the add-on's own schema (`aws eks describe-addon-configuration`). Default none. */
  readonly values?: Readonly<Record<string, unknown>>;
  readonly tags: Tags;
}

/** A managed add-on of exactly one version. */
export function createAddOn(name: string, args: AddOnArgs, options: CustomResourceOptions): Addon {
  return new Addon(
    name,
    {
      clusterName: args.clusterName,
      addonName: args.addOn,
      addonVersion: args.version,
      resolveConflictsOnCreate: "OVERWRITE",
      resolveConflictsOnUpdate: "OVERWRITE",
      // On delete EKS forgets the add-on and leaves its pods, which live until the nodes go: while a stack is torn down
      // the CSI driver still deletes volumes and DNS still answers. The eks component does the same with its add-ons.
      preserve: true,
      ...(args.values === undefined ? {} : { configurationValues: JSON.stringify(args.values) }),
      tags: { ...args.tags },
    },
    options,
  );
}
