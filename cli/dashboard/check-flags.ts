import ipaddr from "ipaddr.js";

import type { DashboardFlags } from "../commands/dashboard.ts";
import { UsageError } from "../errors.ts";

/**
 * Refuses what would let others in.
 * @throws UsageError
 */
export function checkFlags({ host, behindProxy, allowActions, open }: DashboardFlags): void {
  const loopback = host === "localhost" || (ipaddr.isValid(host) && ipaddr.parse(host).range() === "loopback");
  if (behindProxy === undefined && !loopback) {
    throw new UsageError(
      `--host "${host}": is no loopback address, and there is no TLS: others could read along; leave it out, or give ` +
        "--behind-proxy <name> where an ingress signs people in",
    );
  }
  if (behindProxy !== undefined && (allowActions || open)) {
    throw new UsageError(
      `--behind-proxy is read-only and for others; leave --${allowActions ? "allow-actions" : "open"} out`,
    );
  }
}
