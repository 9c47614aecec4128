/** Exact versions of the managed add-ons that one Kubernetes version takes. */
export interface AddOnVersions {
  readonly "vpc-cni": string;
  readonly "kube-proxy": string;
  readonly "coredns": string;
  readonly "aws-ebs-csi-driver": string;
  readonly "eks-pod-identity-agent": string;
}

interface KubernetesRelease {
  /**
   * First day of extended support (UTC), when an hour of the control plane costs six times as much;
   * `undefined` where no source was found.
   */
  readonly endOfStandardSupport: string | undefined;
  readonly addOns: AddOnVersions;
}

/**
 * Kubernetes versions that EKS offers in standard support and the add-on builds that go with each.
 *
 * 1.35: support date from "EKS Version Support Calendar" (aws-samples, eks-operation-review, verified 2026-04-24) and
 * endoflife.date/amazon-eks; coredns from the EKS user guide, "Manage CoreDNS" (managing-coredns); kube-proxy from
 * "Manage kube-proxy" (managing-kube-proxy); vpc-cni, aws-ebs-csi-driver and eks-pod-identity-agent from public EKS
 * configurations for 1.35.
 *
 * 1.36: no AWS page with a table for it was found; the builds stand together in several public EKS configurations for
 * 1.36 (Terraform and Crossplane). Before a first `pulumi up` compare with
 * `aws eks describe-addon-versions --kubernetes-version 1.36 --addon-name <name>`.
 */
export const kubernetesReleases = {
  "1.35": {
    endOfStandardSupport: "2027-03-27",
    addOns: {
      "vpc-cni": "v1.21.1-eksbuild.7",
      "kube-proxy": "v1.35.3-eksbuild.2",
      "coredns": "v1.14.2-eksbuild.4",
      "aws-ebs-csi-driver": "v1.60.1-eksbuild.1",
      "eks-pod-identity-agent": "v1.3.10-eksbuild.2",
    },
  },
  "1.36": {
    endOfStandardSupport: undefined,
    addOns: {
      "vpc-cni": "v1.22.4-eksbuild.3",
      "kube-proxy": "v1.36.0-eksbuild.17",
      "coredns": "v1.14.3-eksbuild.14",
      "aws-ebs-csi-driver": "v1.65.0-eksbuild.1",
      "eks-pod-identity-agent": "v1.3.10-eksbuild.3",
    },
  },
} as const satisfies Readonly<Record<string, KubernetesRelease>>;

export type KubernetesVersion = keyof typeof kubernetesReleases;

/** Versions that a stack may name, oldest first. */
export const kubernetesVersions = Object.keys(kubernetesReleases) as [KubernetesVersion, ...KubernetesVersion[]];

/** What a stack gets that names none: the minor version that the local platform runs too. */
export const defaultKubernetesVersion: KubernetesVersion = "1.36";
