import type { ArgocdConfig } from "../../config/controllers.ts";
import { clusterIssuerName } from "../cluster-issuer.ts";

/** How people reach Argo CD's server: `server.ingress` and `server.certificate` of the chart. */
export interface ArgocdExposure {
  readonly ingress: {
    readonly enabled: boolean;
    readonly hostname?: string;
    readonly ingressClassName?: string;
    readonly annotations?: Readonly<Record<string, string>>;
    readonly tls?: boolean;
  };
  readonly certificate: {
    readonly enabled: boolean;
    readonly issuer?: { readonly group: string; readonly kind: string; readonly name: string };
    readonly privateKey?: {
      readonly rotationPolicy: string;
      readonly encoding: string;
      readonly algorithm: string;
      readonly size: number;
    };
  };
}

/** `https://` and the host, or undefined without one. */
export function argocdUrl(config: ArgocdConfig): string | undefined {
  return config.host === undefined ? undefined : `https://${config.host}`;
}

/**
 * With a host, a certificate of the platform's issuer in `argocd-server-tls`, which the server presents itself: traffic
 * is encrypted up to the pod. With an ingress, the same certificate at the edge.
 */
export function argocdExposure(config: ArgocdConfig): ArgocdExposure {
  const { host, ingress } = config;
  if (host === undefined) return { ingress: { enabled: false }, certificate: { enabled: false } };
  return {
    ingress:
      ingress === undefined
        ? { enabled: false }
        : {
            enabled: true,
            hostname: host,
            ingressClassName: ingress.className,
            annotations: ingress.annotations,
            tls: true,
          },
    certificate: {
      enabled: true,
      issuer: { group: "cert-manager.io", kind: "ClusterIssuer", name: clusterIssuerName },
      // The chart keeps one RSA key for ever.
      privateKey: { rotationPolicy: "Always", encoding: "PKCS8", algorithm: "ECDSA", size: 256 },
    },
  };
}
