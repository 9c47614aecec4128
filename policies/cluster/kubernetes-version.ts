import { kubernetesReleases } from "../../infra/cluster/versions.ts";
import { nsa, pci } from "../model/framework.ts";
import { resourcePolicy } from "../model/resource-policy.ts";
import { fields, quote, text } from "../model/values.ts";

import { clusters, nodeGroup } from "./types.ts";

interface Settings {
  readonly versions: readonly string[];
}

/** Versions and the ends of their support are those of infra/cluster/versions.ts, with their sources. */
export const kubernetesVersion = resourcePolicy<Settings>({
  name: "kubernetes-version",
  description: "Clusters and nodes run a pinned Kubernetes version in standard support.",
  severity: "high",
  remediation: `name one of the versions ${Object.keys(kubernetesReleases).join(", ")} whose support has not ended`,
  references: [nsa("Upgrading and application security practices"), pci("6.3.3")],
  settings: {
    versions: {
      type: "array",
      items: { type: "string" },
      default: Object.keys(kubernetesReleases),
      description: "Versions that may run.",
    },
  },
  types: [...clusters, nodeGroup],
  judge: ({ type, props }, { versions }, { today }) => {
    const reasons: string[] = [];
    const version = text(props["version"]);
    if (version === undefined) reasons.push("no Kubernetes version is pinned");
    else if (!versions.includes(version)) reasons.push(`version ${quote(version)} is none of ${versions.join(", ")}`);
    const end = endOfSupport(version);
    if (end !== undefined && end <= today) reasons.push(`standard support of ${quote(version)} ended on ${end}`);
    const support = text(fields(props["upgradePolicy"])["supportType"]);
    // EKS takes extended support, six times the price, where nothing is said.
    if (type !== nodeGroup && support !== "STANDARD") reasons.push(`upgradePolicy.supportType is ${quote(support)}`);
    return reasons;
  },
});

function endOfSupport(version: string | undefined): string | undefined {
  const releases: Readonly<Record<string, { readonly endOfStandardSupport: string | undefined }>> = kubernetesReleases;
  return version === undefined ? undefined : releases[version]?.endOfStandardSupport;
}
