/** Authorities, certificates and kubeconfigs of a local platform, made afresh for each. */
export { authority } from "./authority.ts";
export type { AuthorityName } from "./authority.ts";
export type { CertificatePair } from "./certificate-pair.ts";
export { clientCertificate } from "./client-certificate.ts";
export type { Identity } from "./client-certificate.ts";
export { issue } from "./issue.ts";
export type { Request } from "./issue.ts";
export { contextName, writeKubeconfig } from "./kubeconfig.ts";
export type { KubeconfigArgs } from "./kubeconfig.ts";
export { keepSecretFile, writeSecretFile } from "./secret-file.ts";
export { serviceAccountIdentity } from "./service-account-identity.ts";
export { serviceAccountKeys } from "./service-account-keys.ts";
export type { ServiceAccountKeys } from "./service-account-keys.ts";
