import type { CustomResourceOptions, Resource } from "@pulumi/pulumi/resource.js";

import type { GitopsKind } from "../config/gitops.ts";

import type { DeliveryEnvironment } from "./environment.ts";

/**
 * What brings an environment's branch into its namespace. `index.ts` makes what every engine needs (namespace, RBAC,
 * flags, alerts of releases); an engine makes what is its own, by the same names: `<application>-<environment>`.
 */
export interface GitOpsEngine {
  readonly kind: GitopsKind;
  /**
   * What the engine needs once for all environments of a stack, before the first of them.
   * @param environments that the stack serves
   * @returns what the objects of an environment must outlive
   */
  readonly prepare: (environments: readonly DeliveryEnvironment[], options: CustomResourceOptions) => Resource[];
  /**
   * Delivers one environment.
   * @param needs what must be there before, and go after, what the engine makes
   * @returns names of the objects that stand for its applications
   */
  readonly deliver: (environment: DeliveryEnvironment, needs: DeliveryNeeds) => readonly string[];
}

export interface DeliveryNeeds {
  /** Parent and provider of every resource. */
  readonly options: CustomResourceOptions;
  /** The namespace and what holds it. */
  readonly namespace: readonly Resource[];
  /** The controllers, which handle finalizers, and what `prepare` made. */
  readonly controllers: readonly Resource[];
}
