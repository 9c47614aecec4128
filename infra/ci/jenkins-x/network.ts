import type { Manifest } from "../../crds/tekton.ts";
import { defaultDeny, networkPolicy, toApi, toNames } from "../network.ts";

/** The operator and its Jobs ask Git, registries and the API; nobody asks them. */
export function jenkinsXNetwork(namespace: string): readonly Manifest[] {
  return [
    defaultDeny(namespace),
    networkPolicy(namespace, "operator", { podSelector: {}, policyTypes: ["Egress"], egress: [toNames, toApi] }),
  ];
}
