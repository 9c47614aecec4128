import { kubernetesReleases } from "../../infra/cluster/versions.ts";

import type { Finding } from "./model.ts";
import { minorName } from "./version.ts";
import type { KubernetesVersion } from "./version.ts";

/** What this project knows of a Kubernetes version on EKS: the fields of `kubernetesReleases` that count here. */
export type EksReleases = Readonly<
  Record<string, { readonly endOfStandardSupport: string | undefined; readonly addOns: object }>
>;

/** Add-on builds and support dates of the target on EKS. @param today ISO date, UTC */
export function eksFindings(
  to: KubernetesVersion,
  today: string,
  releases: EksReleases = kubernetesReleases,
): readonly Finding[] {
  const minor = minorName(to.minor);
  const release = releases[minor];
  const known = Object.keys(releases).join(", ");
  const where = `EKS ${minor}`;
  if (release === undefined) {
    const what = "no builds of vpc-cni, kube-proxy, coredns, aws-ebs-csi-driver and eks-pod-identity-agent are known";
    const mend = `read them (aws eks describe-addon-versions --kubernetes-version ${minor}) into infra/cluster/versions.ts`;
    return [{ check: "add-ons", level: "blocking", where, what, allowed: known, mend }];
  }
  const builds = Object.entries(release.addOns).map(([name, version]) => `${name} ${String(version)}`);
  const source = "infra/cluster/versions.ts, which names what each was read from";
  return [{ check: "add-ons", level: "fine", where, what: builds.join(", "), source }, support(where, release, today)];
}

function support(where: string, release: EksReleases[string], today: string): Finding {
  const about = { check: "support", where } as const;
  const end = release.endOfStandardSupport;
  if (end === undefined) {
    const mend = "look into the release calendar: EKS user guide, Understand the Kubernetes version lifecycle on EKS";
    return { ...about, level: "unknown", what: "no end of standard support is known", allowed: "a date", mend };
  }
  const source = "infra/cluster/versions.ts, which names what it was read from";
  if (today < end) return { ...about, level: "fine", what: `in standard support until ${end}`, source };
  const what = `standard support ended on ${end}: the control plane costs six times as much, or AWS upgrades it`;
  return { ...about, level: "warning", what, allowed: "a later version", mend: "upgrade further", source };
}
