import type { TektonConfig } from "../../config/ci.ts";
import { clusterIssuerName } from "../../controllers/cluster-issuer.ts";
import type { Manifest } from "../../crds/tekton.ts";

import { listenerService } from "./event-listener.ts";
import { ciNamespaces, releaseName } from "./names.ts";

/** TLS ends here; whether a webhook is the Git host's, its signature says. */
export function webhookIngress({ host, ingress }: TektonConfig): Manifest {
  const backend = { service: { name: listenerService.name, port: { number: listenerService.port } } };
  return {
    apiVersion: "networking.k8s.io/v1",
    kind: "Ingress",
    metadata: {
      name: releaseName,
      namespace: ciNamespaces.webhooks,
      annotations: { "cert-manager.io/cluster-issuer": clusterIssuerName, ...ingress.annotations },
    },
    spec: {
      ingressClassName: ingress.className,
      tls: [{ hosts: [host], secretName: `${releaseName}-tls` }],
      rules: [{ host, http: { paths: [{ path: "/", pathType: "Exact", backend }] } }],
    },
  } as Manifest;
}
