import { createHash } from "node:crypto";

import type { Layout } from "../layout.ts";

import type { CertificatePair } from "./certificate-pair.ts";
import { issue } from "./issue.ts";

/** Who a certificate stands for at the API server: its common name and its organisations. */
export interface Identity {
  /** The user name, for example `alice` or `system:kube-scheduler`. */
  readonly name: string;
  /** Default: none. */
  readonly groups?: readonly string[];
}

/**
 * A certificate by which the API server knows that user, kept until the platform is purged; another one when
 * the groups change. Valid for a year, renewed when 30 days are left.
 */
export async function clientCertificate(layout: Layout, identity: Identity): Promise<CertificatePair> {
  return issue(layout, {
    file: `users/${fileName(identity.name)}`,
    authority: "ca",
    commonName: checkIdentity(identity.name, "user name"),
    organizations: (identity.groups ?? []).map((group) => checkIdentity(group, "group")),
    usages: ["client"],
  });
}

/** X.520 allows 64 characters in a name; control characters would let one name look like another. */
function checkIdentity(value: string, what: string): string {
  if (value === "" || value.length > 64 || /[\u0000-\u001f\u007f]/.test(value)) {
    throw new Error(`${what} ${JSON.stringify(value)}: expected 1 to 64 characters without control characters`);
  }
  return value;
}

/** Readable, safe in any file system, and different for different names. */
function fileName(name: string): string {
  const readable = name.toLowerCase().replaceAll(/[^a-z0-9]+/g, "-");
  return `${readable}-${createHash("sha256").update(name).digest("hex").slice(0, 8)}`;
}
