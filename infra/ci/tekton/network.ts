import type { TektonConfig } from "../../config/ci.ts";
import type { Manifest } from "../../crds/tekton.ts";
import { defaultDeny, inNamespace, networkPolicy, tcp, toApi, toInternet, toNames } from "../network.ts";

import { listenerLabels, listenerService } from "./event-listener.ts";
import { ciNamespaces } from "./names.ts";

/** Where EKS hands out a pod's cloud identity (EKS user guide, "EKS Pod Identity considerations"). */
const podIdentityAgent = { ipBlock: { cidr: "169.254.170.23/32" } } as const;

/** What flows in and out of CI's namespaces; the operator makes the policies of Tekton's own (docs/NetworkPolicy.md there). */
export function ciNetwork({ ingress }: Pick<TektonConfig, "ingress">): readonly Manifest[] {
  const { runs, webhooks, operator, controllers } = ciNamespaces;
  return [
    ...[runs, webhooks, operator].map(defaultDeny),
    networkPolicy(runs, "runs", { podSelector: {}, policyTypes: ["Egress"], egress: [toNames, toInternet] }),
    networkPolicy(runs, "sign", {
      // The label that Tekton puts on the pods of a Pipeline's task (tektoncd/pipeline, docs/labels.md).
      podSelector: { matchLabels: { "tekton.dev/pipelineTask": "sign" } },
      policyTypes: ["Egress"],
      egress: [{ to: [podIdentityAgent], ports: [tcp(80)] }],
    }),
    networkPolicy(webhooks, "webhooks", {
      podSelector: { matchLabels: listenerLabels },
      policyTypes: ["Ingress", "Egress"],
      ingress: [{ from: [inNamespace(ingress.namespace)], ports: [tcp(listenerService.port)] }],
      egress: [toNames, toApi, { to: [inNamespace(controllers)], ports: [tcp(8443)] }],
    }),
    networkPolicy(operator, "operator", {
      podSelector: {},
      policyTypes: ["Ingress", "Egress"],
      // The API server asks the webhook from an address of its own.
      ingress: [{ ports: [tcp(8443)] }],
      egress: [toNames, toApi],
    }),
  ];
}
