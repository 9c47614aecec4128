import { execa } from "execa";
import which from "which";

import { issuer } from "../ci/release/sign.ts";
import { UsageError } from "../errors.ts";
import { oneLine } from "../recovery/context.ts";

/** Looks whether an image is signed; undefined when it is, else what is wrong. */
export type SignatureCheck = (reference: string) => Promise<string | undefined>;

/**
 * Asks cosign, as the release signs (cli/ci/release/sign.ts): without a key, by a workflow of GitHub.
 * @param identity of the workflow, with its branch
 * @throws UsageError when there is no cosign: what is asked for is not left out silently
 */
export async function signatureCheck(identity: string, signal: AbortSignal): Promise<SignatureCheck> {
  const cosign = await which("cosign", { nothrow: true });
  if (cosign === null) throw new UsageError(`--signed-by "${identity}": there is no cosign on PATH; install it`);
  return async (reference) => {
    if (!reference.includes("@sha256:")) return `${reference} has no digest, and a tag can move: nothing to verify`;
    const args = ["verify", "--certificate-identity", identity, "--certificate-oidc-issuer", issuer, reference];
    const ran = await execa(cosign, args, { reject: false, cancelSignal: signal, stdin: "ignore" });
    signal.throwIfAborted();
    return ran.failed ? `cosign does not verify ${reference}: ${oneLine(ran.stderr ?? "").slice(-300)}` : undefined;
  };
}
