import type { Layout } from "../layout.ts";
import { choosePorts } from "../processes/index.ts";

/** The name of the process. */
export const prometheusProcess = "prometheus";

/** The port of its API, on loopback. The same for everybody who asks, also before it runs. */
export async function prometheusPort(layout: Layout): Promise<number> {
  return (await choosePorts(layout, prometheusProcess, ["http"])).http;
}

/** Where its API answers, `http://127.0.0.1:<port>`. */
export async function prometheusUrl(layout: Layout): Promise<string> {
  return `http://127.0.0.1:${await prometheusPort(layout)}`;
}
