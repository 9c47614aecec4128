import type { Context } from "hono";

import type { Session } from "../model.ts";

import type { Access, Environment } from "./context.ts";

/**
 * Who looks. Behind an ingress as oauth2-proxy names them (its documentation of 7.14, "Integrations", Nginx: with
 * --set-xauthrequest it answers with X-Auth-Request-User and X-Auth-Request-Email, which the ingress passes on). It is
 * shown and permits nothing.
 */
export function viewerOf(access: Access, context: Context<Environment>): Session["viewer"] {
  if (access.kind === "token") return access.viewer;
  const email = context.req.header("x-auth-request-email") ?? null;
  const name = context.req.header("x-auth-request-user") ?? email;
  return name === null ? null : { name, email };
}
