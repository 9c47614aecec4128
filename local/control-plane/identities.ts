import type { Identity } from "../certificates/index.ts";

/** The owner of the platform. The API server gives that group every right without asking RBAC. */
export const administrator: Identity = { name: "gitops-local-admin", groups: ["system:masters"] };

/** Names that Kubernetes' own default roles are bound to ("Default roles and role bindings" in its documentation). */
export const controllerManagerIdentity: Identity = { name: "system:kube-controller-manager" };
export const schedulerIdentity: Identity = { name: "system:kube-scheduler" };

/** Its rights are in kwok-access.ts. */
export const kwokIdentity: Identity = { name: "gitops:kwok" };
