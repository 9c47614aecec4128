/** The environments that the platform knows, in the order a change travels through them. */
export const environmentNames = ["dev", "staging", "prod"] as const;

export type Environment = (typeof environmentNames)[number];

/** How an environment brings a merged change into its namespace. */
export type SyncMode = "automatic" | "manual";

/** Compute that all workloads of one environment may request together (Kubernetes quantities). */
export interface Quota {
  readonly requestsCpu: string;
  readonly requestsMemory: string;
  readonly limitsCpu: string;
  readonly limitsMemory: string;
  readonly pods: number;
}

/** What is different between environments; everything else is the same by construction. */
export interface EnvironmentProfile {
  /** Branch that the environment follows. */
  readonly branch: string;
  /** Namespace its workloads live in. */
  readonly namespace: string;
  /** `automatic` syncs with prune and self-heal; `manual` waits for a person. */
  readonly sync: SyncMode;
  /** Whether nobody approves what they wrote themselves (`gitops approve`). */
  readonly fourEyes: boolean;
  readonly quota: Quota;
  /** What a cluster must offer when it serves this environment. */
  readonly cluster: StackProfile;
}

/** Properties of the cluster and its controllers; for several environments the strictest of each is taken. */
export interface StackProfile {
  /** `one` NAT gateway for all zones is cheap; `per-zone` survives the loss of a zone. */
  readonly natGateways: "one" | "per-zone";
  /** Refuses to delete the cluster by mistake. */
  readonly deletionProtection: boolean;
  /** Days that CloudWatch keeps the control-plane logs. */
  readonly logRetentionDays: number;
  /** Controllers run with several replicas and disruption budgets. */
  readonly highAvailability: boolean;
}

const relaxed: StackProfile = {
  natGateways: "one",
  deletionProtection: false,
  logRetentionDays: 30,
  highAvailability: false,
};

const smallQuota: Quota = {
  requestsCpu: "4",
  requestsMemory: "4Gi",
  limitsCpu: "16",
  limitsMemory: "16Gi",
  pods: 60,
};

/** Every environment and its profile: the one place where environments differ. */
export const environments: Readonly<Record<Environment, EnvironmentProfile>> = {
  dev: {
    branch: "develop",
    namespace: "dev",
    sync: "automatic",
    fourEyes: false,
    quota: smallQuota,
    cluster: relaxed,
  },
  staging: {
    branch: "release",
    namespace: "staging",
    sync: "manual",
    fourEyes: false,
    quota: smallQuota,
    cluster: { ...relaxed, logRetentionDays: 90, highAvailability: true },
  },
  prod: {
    branch: "main",
    namespace: "prod",
    sync: "automatic",
    fourEyes: true,
    quota: { requestsCpu: "16", requestsMemory: "16Gi", limitsCpu: "64", limitsMemory: "64Gi", pods: 200 },
    // 400 days: a little over the year of audit trail that PCI DSS 4.0 (10.5.1) asks for.
    cluster: { natGateways: "per-zone", deletionProtection: true, logRetentionDays: 400, highAvailability: true },
  },
};

/**
 * The profile of a cluster that serves the given environments: the strictest of each property.
 * @param served one environment or more
 */
export function stackProfile(served: readonly Environment[]): StackProfile {
  const profiles = served.map((environment) => environments[environment].cluster);
  return {
    natGateways: profiles.some((profile) => profile.natGateways === "per-zone") ? "per-zone" : "one",
    deletionProtection: profiles.some((profile) => profile.deletionProtection),
    logRetentionDays: Math.max(...profiles.map((profile) => profile.logRetentionDays)),
    highAvailability: profiles.some((profile) => profile.highAvailability),
  };
}
