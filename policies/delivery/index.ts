import { canaryThresholds } from "./canary.ts";
import { scaledObjectBounds } from "./scaled-object.ts";
import { noReplicasBesideScaler } from "./single-owner.ts";

/** Policies on releases and scaling. */
export const deliveryPolicies = [canaryThresholds, scaledObjectBounds, noReplicasBesideScaler] as const;
