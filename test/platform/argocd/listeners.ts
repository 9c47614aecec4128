import type { ProcessStatus } from "../../../local/processes/index.ts";
import { listeningAddresses } from "../control-plane/listening-addresses.ts";

/** Sockets on which these processes listen that are reachable from another machine, as `<process> <address>`. */
export async function foreignListeners(processes: readonly ProcessStatus[]): Promise<readonly string[]> {
  const all = await Promise.all(
    processes.map(async ({ name, pid }) =>
      (await listeningAddresses(pid)).map(({ address }) => ({ name, address: address.replace(/^\[(.*)\]$/, "$1") })),
    ),
  );
  return all
    .flat()
    .filter(({ address }) => address !== "::1" && !address.replace("::ffff:", "").startsWith("127."))
    .map(({ name, address }) => `${name} ${address}`);
}
