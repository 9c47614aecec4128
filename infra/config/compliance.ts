import { z } from "zod";

import { dns1123Label } from "./scalars.ts";
import { strictObject } from "./strict-object.ts";

/** What the API server does with a violation: refuses it, accepts it with a warning, or is not asked. */
const action = z.enum(["deny", "warn", "off"]);

const admission = strictObject({
  dev: action.default("deny"),
  staging: action.default("deny"),
  prod: action.default("deny"),
});

const ocm = strictObject({
  /** Name under which the hub knows this stack's cluster. */
  managedCluster: dns1123Label,
  /** Set of clusters on the hub that the cluster is in. */
  clusterSet: dns1123Label.default("default"),
  /** Namespace for the policies on the hub. */
  namespace: dns1123Label.default("gitops-compliance"),
});

/** How the controls of infra/compliance are enforced in the cluster. */
export const complianceSchema = strictObject({
  /** By environment. */
  admission: admission.prefault({}),
  /** Open Cluster Management. Default: none. */
  ocm: ocm.optional(),
});

export type ComplianceConfig = Readonly<z.output<typeof complianceSchema>>;
export type AdmissionAction = z.output<typeof action>;
export type AdmissionConfig = Readonly<z.output<typeof admission>>;
export type OcmConfig = Readonly<z.output<typeof ocm>>;
