import type { Layout } from "./layout.ts";
import { serviceProxyUrl } from "./workloads/index.ts";

/**
 * The environment of a process that must reach Services by the names that the cluster gives them, as a pod of that
 * namespace would. There is no cluster DNS here; a forward proxy on loopback knows the names.
 */
export async function serviceNetwork(layout: Layout, namespace: string): Promise<Readonly<Record<string, string>>> {
  const proxy = await serviceProxyUrl(layout, namespace);
  const direct = "127.0.0.1,localhost";
  // curl reads the lower-case name alone ("Environment" in curl's manual), Go's net/http either.
  return { HTTP_PROXY: proxy, http_proxy: proxy, NO_PROXY: direct, no_proxy: direct };
}
