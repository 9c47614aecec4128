import type { CertManagerConfig } from "../config/controllers.ts";

/** Name of the ClusterIssuer, for the `cert-manager.io/cluster-issuer` annotation of an Ingress. */
export const clusterIssuerName = "platform";

/** `spec` of a cert-manager.io/v1 ClusterIssuer, as far as the platform uses it. */
export type ClusterIssuerSpec =
  | { readonly selfSigned: object }
  | {
      readonly acme: {
        readonly server: string;
        readonly email: string;
        readonly privateKeySecretRef: { readonly name: string };
        readonly solvers: readonly { readonly http01: { readonly ingress: { readonly ingressClassName: string } } }[];
      };
    };

/** Directories of Let's Encrypt (its documentation, "ACME protocol" and "Staging environment"). */
const directories: Readonly<Record<CertManagerConfig["acme"], string>> = {
  production: "https://acme-v02.api.letsencrypt.org/directory",
  staging: "https://acme-staging-v02.api.letsencrypt.org/directory",
};

/**
 * Who signs the platform's certificates (fields: cert-manager, pkg/apis/certmanager/v1 and acme/v1).
 * @throws Error when a checked configuration names Let's Encrypt without e-mail address or ingress class
 */
export function clusterIssuerSpec(config: CertManagerConfig): ClusterIssuerSpec {
  switch (config.issuer) {
    case "selfsigned":
      return { selfSigned: {} };
    case "letsencrypt": {
      const { email, ingressClass, acme } = config;
      if (email === undefined || ingressClass === undefined) {
        throw new Error('issuer "letsencrypt" without email or ingressClass; the configuration was not checked');
      }
      return {
        acme: {
          server: directories[acme],
          email,
          // One account a directory: the key of one is unknown to the other.
          privateKeySecretRef: { name: `letsencrypt-${acme}-account` },
          solvers: [{ http01: { ingress: { ingressClassName: ingressClass } } }],
        },
      };
    }
  }
}
