import { cis, nsa, pci } from "../../policies/model/framework.ts";
import type { FrameworkReference } from "../../policies/model/framework.ts";

/** As the policies of `policies/` grade themselves. */
export type ControlSeverity = "low" | "medium" | "high" | "critical";

/** By what a control is enforced at each stage of a change. */
export interface Enforcement {
  /** Policies of the CrossGuard pack: before a merge, on the plan and on rendered overlays. */
  readonly crossGuard: readonly string[];
  /** The control's Policy of Open Cluster Management brings back (`enforce`) or reports (`inform`) what runs. */
  readonly ocm?: "enforce" | "inform";
  /** Rule of admission: when the object is written. Default: none. */
  readonly admission?: string;
}

/** Something that has to be so in every environment. */
export interface Control {
  /** Kebab-case, unique; names its Policy of Open Cluster Management too. */
  readonly id: string;
  /** What has to be so, in a sentence. */
  readonly title: string;
  readonly severity: ControlSeverity;
  readonly references: readonly FrameworkReference[];
  readonly enforcedBy: Enforcement;
}

const network = nsa("Network separation and hardening");
const pods = nsa("Kubernetes Pod security");
const access = nsa("Authentication and authorization");

/** Every control, with what enforces it: the one table that docs/compliance.md and `gitops compliance` show. */
export const controls: readonly Control[] = [
  {
    id: "network-default-deny",
    title: "Only the traffic flows that a NetworkPolicy allows.",
    severity: "high",
    references: [cis("4.3.2"), network, pci("1.3.2")],
    enforcedBy: { crossGuard: ["namespace-default-deny"], ocm: "enforce", admission: "network-default-deny" },
  },
  {
    id: "resource-quota",
    title: "The workloads of an environment together have a quota.",
    severity: "medium",
    references: [network],
    enforcedBy: { crossGuard: ["namespace-quota"], ocm: "enforce" },
  },
  {
    id: "limit-range",
    title: "A container that states no requests and limits gets modest ones.",
    severity: "medium",
    references: [network],
    enforcedBy: { crossGuard: ["namespace-quota"], ocm: "enforce" },
  },
  {
    id: "pod-security",
    title: "The namespace enforces the pod security standard restricted.",
    severity: "high",
    references: [cis("4.2.1"), pods, pci("2.2.6")],
    enforcedBy: { crossGuard: ["namespace-pod-security"], ocm: "enforce", admission: "namespace-pod-security" },
  },
  {
    id: "service-account-token",
    title: "No pod carries a token of the service account default.",
    severity: "high",
    references: [access, pci("7.2.2")],
    enforcedBy: { crossGuard: [], ocm: "enforce", admission: "service-account-token" },
  },
  {
    id: "rbac-roles",
    title: "People have the platform's Roles, as the configuration gives them.",
    severity: "high",
    references: [access, pci("7.2.2")],
    enforcedBy: { crossGuard: [], ocm: "enforce" },
  },
  {
    id: "rbac-no-wildcards",
    title: "Roles name their verbs, resources and API groups.",
    severity: "high",
    references: [cis("4.1.3"), access, pci("7.2.2")],
    enforcedBy: { crossGuard: ["rbac-no-wildcards"], ocm: "inform", admission: "rbac-no-wildcards" },
  },
  {
    id: "rbac-no-cluster-admin",
    title: "No person is bound to cluster-admin.",
    severity: "critical",
    references: [cis("4.1.1"), access, pci("7.2.2")],
    enforcedBy: {
      crossGuard: ["rbac-no-cluster-admin", "access-no-cluster-admin"],
      ocm: "inform",
      admission: "rbac-no-cluster-admin",
    },
  },
  {
    id: "image-pinned",
    title: "Every image has a version or a digest.",
    severity: "high",
    references: [nsa("Upgrading and application security practices"), pci("6.5.1")],
    enforcedBy: { crossGuard: ["image-pinned"], admission: "image-pinned" },
  },
  {
    id: "workload-non-root",
    title: "No container runs as root or can become it.",
    severity: "high",
    references: [cis("4.2.5"), pods, pci("2.2.6")],
    enforcedBy: { crossGuard: ["workload-non-root"], admission: "workload-non-root" },
  },
  {
    id: "workload-no-privileged",
    title: "No container is privileged or has the kernel's capabilities.",
    severity: "critical",
    references: [cis("4.2.1"), pods, pci("2.2.6")],
    enforcedBy: { crossGuard: ["workload-no-privileged"], admission: "workload-no-privileged" },
  },
  {
    id: "workload-no-host",
    title: "No pod sees the files, the network or the processes of its node.",
    severity: "critical",
    references: [cis("4.2.4"), pods, pci("2.2.6")],
    enforcedBy: { crossGuard: ["workload-no-host"], admission: "workload-no-host" },
  },
  {
    id: "workload-resources",
    title: "Every container says what it needs and what it may take.",
    severity: "medium",
    references: [network],
    enforcedBy: { crossGuard: ["workload-resources"], admission: "workload-resources" },
  },
];
