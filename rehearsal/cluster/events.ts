import type { ObjectIdentity } from "./kubernetes-object.ts";

/** What happens to a cluster, as it happens. */
export type ClusterEvent =
  /** How many objects the program declares and how many earlier ones it no longer does. */
  | { readonly type: "planned"; readonly declared: number; readonly removed: number }
  | { readonly type: "applied"; readonly urn: string; readonly object: ObjectIdentity; readonly done: number }
  | { readonly type: "deleting"; readonly urn: string; readonly object: ObjectIdentity }
  | { readonly type: "deleted"; readonly urn: string; readonly object: ObjectIdentity }
  /** Left in the cluster and off the list, because of `retainOnDelete`. */
  | { readonly type: "retained"; readonly urn: string; readonly object: ObjectIdentity };

/** Receives progress. */
export type OnEvent = (event: ClusterEvent) => void;
