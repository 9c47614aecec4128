import type { PolicyComplianceFramework } from "@pulumi/policy";

/** A control of a public framework that a policy helps to meet. */
export type FrameworkReference = Readonly<PolicyComplianceFramework>;

/** CIS Amazon EKS Benchmark 1.7.0; numbers and titles: aquasecurity/kube-bench, cfg/eks-1.7.0/*.yaml. */
const cisControls = {
  "2.1.1": "Enable audit logs",
  "4.1.1": "Ensure that the cluster-admin role is only used where required",
  "4.1.3": "Minimize wildcard use in Roles and ClusterRoles",
  "4.1.7": "Cluster Access Manager API to manage access controls within EKS clusters",
  "4.2.1": "Minimize the admission of privileged containers",
  "4.2.4": "Minimize the admission of containers wishing to share the host network namespace",
  "4.2.5": "Minimize the admission of containers with allowPrivilegeEscalation",
  "4.3.2": "Ensure that all Namespaces have Network Policies defined",
  "4.4.1": "Prefer using secrets as files over secrets as environment variables",
  "4.5.1": "Create administrative boundaries between resources using namespaces",
  "5.2.1": "Prefer using dedicated Amazon EKS Service Accounts",
  "5.3.1": "Ensure Kubernetes Secrets are encrypted using Customer Master Keys (CMKs) managed in AWS KMS",
  "5.4.1": "Restrict Access to the Control Plane Endpoint",
  "5.4.3": "Ensure clusters are created with Private Nodes",
} as const;

/** PCI DSS 4.0.1, shortened; read in ngna3007/sentinelai-audit-framework, shared_data/outputs/pci_dss_v4/controls. */
const pciControls = {
  "1.3.1": "Inbound traffic to the CDE is restricted to what is necessary",
  "1.3.2": "Outbound traffic from the CDE is restricted to what is necessary",
  "2.2.6": "System security parameters are configured to prevent misuse",
  "6.3.3": "System components are protected from known vulnerabilities by installing patches",
  "6.5.1": "Changes to production follow established procedures",
  "7.2.2": "Access is assigned by job function, with least privileges",
  "8.6.2": "Passwords of accounts are not hard coded in scripts, configuration files or source code",
  "10.2.1": "Audit logs are enabled and active for all system components",
  "10.5.1": "Audit log history is retained for at least 12 months",
} as const;

/** Parts of the NSA/CISA Kubernetes Hardening Guide 1.2; titles: aquasecurity/trivy, docs/docs/kubernetes/cli/compliance.md. */
const nsaParts = {
  "Kubernetes Pod security": "Non-root containers, no privileged containers, no host namespaces",
  "Network separation and hardening": "Network policies, resource policies, control plane hardening",
  "Authentication and authorization": "Role-based access control with least privileges",
  "Audit logging and threat detection": "Logging of the control plane",
  "Upgrading and application security practices": "Patches and updates in time",
} as const;

export function cis(control: keyof typeof cisControls): FrameworkReference {
  return {
    name: "CIS Amazon EKS Benchmark",
    version: "1.7.0",
    reference: control,
    specification: cisControls[control],
  };
}

export function pci(control: keyof typeof pciControls): FrameworkReference {
  return { name: "PCI DSS", version: "4.0.1", reference: control, specification: pciControls[control] };
}

export function nsa(part: keyof typeof nsaParts): FrameworkReference {
  return {
    name: "NSA/CISA Kubernetes Hardening Guide",
    version: "1.2",
    reference: part,
    specification: nsaParts[part],
  };
}
