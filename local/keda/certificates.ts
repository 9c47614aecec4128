import { dirname, join } from "node:path";

import { authority, issue, keepSecretFile } from "../certificates/index.ts";
import type { Layout } from "../layout.ts";

import { kedaNamespace, processNames } from "./names.ts";

/** The certificates of KEDA's two processes. */
export interface KedaCertificates {
  /** With `ca.crt`, `tls.crt` and `tls.key`, the names that both look for (pkg/metricsservice/utils/tls.go of KEDA). */
  readonly directory: string;
  /** PEM of the authority. */
  readonly ca: string;
  /** Every file, for the digest of a process. */
  readonly files: readonly string[];
}

/**
 * One certificate for both, as KEDA makes it for itself in a cluster: adapter and operator show it to each other, the
 * adapter also to the API server. Of an authority of their own, since the operator lets in whoever has one of it.
 */
export async function kedaCertificates(layout: Layout): Promise<KedaCertificates> {
  const ca = await authority(layout, "keda-ca");
  const pair = await issue(layout, {
    file: "keda/tls",
    authority: "keda-ca",
    commonName: "keda",
    usages: ["server", "client"],
    alternativeNames: [`${processNames.adapter}.${kedaNamespace}.svc`, "localhost", "127.0.0.1"],
  });
  const directory = dirname(pair.certificatePath);
  const caPath = join(directory, "ca.crt");
  await keepSecretFile(caPath, ca.certificate);
  return { directory, ca: ca.certificate, files: [caPath, pair.certificatePath, pair.keyPath] };
}
