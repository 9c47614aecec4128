import { cis, pci } from "../model/framework.ts";
import { resourcePolicy } from "../model/resource-policy.ts";
import { fields, quote } from "../model/values.ts";

import { clusterComponent, clusters } from "./types.ts";

/** The aws-auth ConfigMap can lock everybody out and leaves no trace of who was let in. */
export const apiAuthentication = resourcePolicy({
  name: "eks-api-authentication",
  description: "People and programs enter a cluster by access entries of the EKS API alone.",
  severity: "high",
  remediation: 'set authenticationMode to "API" and list principals as access entries',
  references: [cis("4.1.7"), pci("7.2.2")],
  types: clusters,
  judge: ({ type, props }) => {
    const mode =
      type === clusterComponent ? props["authenticationMode"] : fields(props["accessConfig"])["authenticationMode"];
    return mode === "API" ? [] : [`the authentication mode is ${quote(mode)}, not "API"`];
  },
});
