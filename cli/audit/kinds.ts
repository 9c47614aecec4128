/** What an entry of the audit trail is about. */
export const auditKinds = [
  /** Files of an application. */
  "change",
  /** Files under infra/, or a stack's configuration. */
  "infrastructure",
  /** Files under policies/. */
  "policy",
  /** A merge: how commits came to a branch, by whom. */
  "merge",
  "promotion",
  "approval",
  "approval-refused",
  /** A sync that ended, well or not. */
  "deployment",
  "rollback",
  /** A person went past a closed window. */
  "emergency",
  "degraded-mode",
  /** The platform saw a failure and left it to people. */
  "failure",
  /** What a rollback or a degraded mode led to. */
  "recovery",
  "freeze",
  "unfreeze",
  "waiver",
  /** Whose signatures count. */
  "signers",
  /** The Kubernetes API refused a request. */
  "denied",
  /** A person wrote to the cluster past Git. */
  "manual-change",
  /** The platform's own commands wrote to the cluster, as a person. */
  "platform",
  /** A record with an action that this command does not know. */
  "other",
] as const;

export type AuditKind = (typeof auditKinds)[number];
