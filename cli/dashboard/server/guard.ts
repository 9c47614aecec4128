import type { MiddlewareHandler } from "hono";
import { getCookie } from "hono/cookie";

import { problem } from "./context.ts";
import type { Access, Environment } from "./context.ts";
import { sameSecret } from "./sessions.ts";

/** Cookies know no ports: the name keeps two dashboards of one machine apart. */
export const cookieName = (port: number): string => `gitops-dashboard-${port}`;

/** Names that the server may be called by. */
export function hostsOf(access: Access): readonly string[] {
  if (access.kind === "proxy") return [access.hostname];
  const port = access.port();
  return ["127.0.0.1", "localhost", "[::1]"].map((name) => `${name}:${port}`);
}

/**
 * Refuses requests for another host: a page elsewhere whose name was made to lead to this address (DNS rebinding) still
 * sends its own name.
 */
export const ownHost =
  (access: Access): MiddlewareHandler<Environment> =>
  async (context, next) => {
    const host = context.req.header("host") ?? "";
    if (hostsOf(access).includes(host.toLowerCase())) return next();
    return problem(context, 403, `"${host}" is no name of this server; open the address that gitops dashboard printed`);
  };

/** Lets those through who have a session. */
export const signedIn =
  (access: Access): MiddlewareHandler<Environment> =>
  async (context, next) => {
    // The ingress has signed them in; there is nothing to do but to look.
    if (access.kind === "proxy") return next();
    const browser = access.sessions.find(getCookie(context, cookieName(access.port())));
    if (browser === undefined)
      return problem(context, 401, "no session; open the address that gitops dashboard printed");
    context.set("browser", browser);
    return next();
  };

/** Lets a change through when the page of this server itself sent it. */
export const sentByOwnPage =
  (access: Access): MiddlewareHandler<Environment> =>
  async (context, next) => {
    const { req } = context;
    const origin = req.header("origin") ?? "";
    const site = req.header("sec-fetch-site");
    // Loopback is reached without TLS. A browser sends the origin with every POST.
    const own = hostsOf(access).map((host) => `http://${host}`);
    if (origin !== `http://${req.header("host")?.toLowerCase()}` || !own.includes(origin)) {
      return problem(context, 403, `an action from "${origin}" is refused; use the page of this server`);
    }
    if (site !== undefined && site !== "same-origin")
      return problem(context, 403, "an action of another site is refused");
    if (!sameSecret(req.header("x-csrf-token") ?? "", context.get("browser").csrfToken)) {
      return problem(context, 403, "the token of the session is missing or wrong; load the page again");
    }
    if (!/^application\/json\s*(;|$)/i.test(req.header("content-type") ?? "")) {
      return problem(context, 415, "an action is described as application/json");
    }
    return next();
  };
