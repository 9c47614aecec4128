import { execa } from "execa";

/** A TCP socket that a process accepts connections on. */
export interface ListeningAddress {
  readonly address: string;
  readonly port: number;
}

/** Of one process: from `ss` where there is one (Linux), else from `lsof` (macOS). */
export async function listeningAddresses(pid: number): Promise<readonly ListeningAddress[]> {
  const lines = process.platform === "linux" ? await fromSs(pid) : await fromLsof(pid);
  return lines.map((line) => {
    const colon = line.lastIndexOf(":");
    return { address: line.slice(0, colon), port: Number(line.slice(colon + 1)) };
  });
}

/** Columns of `ss -H`: state, two queues, local address, peer, process. */
async function fromSs(pid: number): Promise<string[]> {
  const { stdout } = await execa("ss", ["-H", "-l", "-t", "-n", "-p"]);
  return stdout
    .split("\n")
    .filter((line) => line.includes(`pid=${pid},`))
    .map((line) => line.split(/\s+/)[3] ?? "");
}

async function fromLsof(pid: number): Promise<string[]> {
  const { stdout } = await execa("lsof", ["-a", "-p", String(pid), "-iTCP", "-sTCP:LISTEN", "-P", "-n", "-Fn"]);
  return stdout
    .split("\n")
    .filter((line) => line.startsWith("n"))
    .map((line) => line.slice(1));
}
