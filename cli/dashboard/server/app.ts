import { Hono } from "hono";

import { actionRoutes } from "./actions.ts";
import { apiRoutes, messageOf } from "./api.ts";
import { problem } from "./context.ts";
import type { Environment, ServerParts } from "./context.ts";
import { ownHost, signedIn } from "./guard.ts";
import { safeHeaders } from "./headers.ts";
import { pageRoutes } from "./page.ts";

/** The server of the dashboard; model.ts has its routes. */
export function dashboardApp(parts: ServerParts): Hono<Environment> {
  const { access, page } = parts;
  const app = new Hono<Environment>();
  app.use(safeHeaders());
  // Before the guard: kubelet asks for the address of the pod.
  app.get("/healthz", (context) => context.json({ status: "ok" }));
  app.use(ownHost(access));
  app.use("/api/*", signedIn(access));
  app.route("/api/actions", actionRoutes(parts));
  app.route("/api", apiRoutes(parts));
  app.route("/", pageRoutes(page, access));
  app.notFound((context) => problem(context, 404, "there is nothing here"));
  app.onError((error, context) => problem(context, 500, messageOf(error)));
  return app;
}
