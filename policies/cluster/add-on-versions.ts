import { nsa, pci } from "../model/framework.ts";
import { resourcePolicy } from "../model/resource-policy.ts";
import { fields, quote, text } from "../model/values.ts";

import { clusterComponent } from "./types.ts";

/** The form of every build in infra/cluster/versions.ts. */
const build = /^v\d+\.\d+\.\d+-eksbuild\.\d+$/;

/** Add-ons that the component installs, and the field that holds the version of each. */
const componentAddOns = [
  ["vpc-cni", "vpcCniOptions", "addonVersion"],
  ["kube-proxy", "kubeProxyAddonOptions", "version"],
  ["coredns", "corednsAddonOptions", "version"],
] as const;

export const addOnVersions = resourcePolicy({
  name: "add-on-versions",
  description: "Add-ons of a cluster are pinned to a build that fits its Kubernetes version.",
  severity: "medium",
  remediation: "name the exact build of infra/cluster/versions.ts, such as v1.14.3-eksbuild.14",
  references: [nsa("Upgrading and application security practices"), pci("6.3.3")],
  types: [clusterComponent, "aws:eks/addon:Addon", "eks:index:Addon"],
  judge: ({ type, props }) => {
    if (type !== clusterComponent)
      return pinned(String(text(props["addonName"]) ?? "the add-on"), text(props["addonVersion"]));
    const kubernetes = text(props["version"]);
    return componentAddOns.flatMap(([name, option, field]) => {
      const options = fields(props[option]);
      if (options["enabled"] === false) return [];
      const version = text(options[field]);
      // kube-proxy has the minor version of the cluster ("Manage kube-proxy", EKS user guide).
      if (name === "kube-proxy" && version !== undefined && !version.startsWith(`v${kubernetes}.`))
        return [`kube-proxy ${quote(version)} does not belong to Kubernetes ${quote(kubernetes)}`];
      return pinned(name, version);
    });
  },
});

function pinned(name: string, version: string | undefined): readonly string[] {
  return version !== undefined && build.test(version)
    ? []
    : [`the version of ${name} is ${quote(version)}, not a build`];
}
