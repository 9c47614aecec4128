import { execa } from "execa";
import which from "which";

/** The version of the kubectl that a person here would run; undefined without one. */
export async function readKubectl(signal: AbortSignal): Promise<string | undefined> {
  const path = await which("kubectl", { nothrow: true });
  if (path === null) return undefined;
  const args = ["version", "--client", "--output", "json"];
  const { failed, stdout } = await execa(path, args, { reject: false, timeout: 10_000, cancelSignal: signal });
  signal.throwIfAborted();
  return failed ? undefined : /"gitVersion":\s*"([^"]+)"/.exec(stdout)?.[1];
}
