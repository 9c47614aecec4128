import { Hono } from "hono";
import { z } from "zod";

import { environmentNames } from "../../../infra/environments.ts";
import type { ActionName, Session } from "../model.ts";

import { problem } from "./context.ts";
import type { Environment, ServerParts } from "./context.ts";
import { eventStream } from "./events.ts";
import { applicationParameter, revisionParameter } from "./parameters.ts";
import { viewerOf } from "./viewer.ts";

const environment = z.enum(environmentNames);
const historyQuery = z.object({
  env: environment.optional(),
  limit: z.coerce.number().int().min(1).max(200).default(20),
});
const diffQuery = z.object({ base: revisionParameter.optional() });
const diffPath = z.object({ environment, application: applicationParameter, revision: revisionParameter });

const noClone = "there is no clone of the repository to tell this from; start gitops dashboard with --directory";

/** What the page reads. */
export function apiRoutes({ feed, chronicle, actions, access }: ServerParts): Hono<Environment> {
  const routes = new Hono<Environment>();
  routes.use(async (context, next) => {
    await next();
    if (!context.res.headers.has("Cache-Control")) context.header("Cache-Control", "no-store");
  });
  routes.get("/session", (context) => {
    const names: readonly ActionName[] = actions?.names ?? [];
    const session: Session = {
      version: 1,
      viewer: viewerOf(access, context),
      readOnly: actions === undefined,
      actions: names,
      csrfToken: actions === undefined ? null : context.get("browser").csrfToken,
      history: chronicle !== undefined,
    };
    return context.json(session);
  });
  routes.get("/snapshot", async (context) => context.json((await feed.current()).snapshot));
  routes.get("/events", eventStream(feed));
  routes.get("/history/:application", async (context) => {
    const name = applicationParameter.safeParse(context.req.param("application"));
    const query = historyQuery.safeParse(context.req.query());
    if (!name.success || !query.success) return problem(context, 400, wrong(name.error ?? query.error));
    if (chronicle === undefined) return problem(context, 404, noClone);
    const { env, limit } = query.data;
    const environments = env === undefined ? environmentNames : [env];
    try {
      return context.json(await chronicle.history({ application: name.data, environments, limit }));
    } catch (error) {
      return problem(context, 502, messageOf(error));
    }
  });
  routes.get("/diff/:environment/:application/:revision", async (context) => {
    const path = diffPath.safeParse(context.req.param());
    const query = diffQuery.safeParse(context.req.query());
    if (!path.success || !query.success) return problem(context, 400, wrong(path.error ?? query.error));
    if (chronicle === undefined) return problem(context, 404, noClone);
    try {
      const diff = await chronicle.diff({ ...path.data, base: query.data.base });
      if (diff !== undefined) return context.json(diff);
    } catch (error) {
      return problem(context, 502, messageOf(error));
    }
    return problem(context, 404, `no such commit on the branch of ${path.data.environment}`);
  });
  return routes;
}

export const messageOf = (error: unknown): string => (error instanceof Error ? error.message : String(error));

/** Says where a request is wrong. */
export const wrong = (error: z.ZodError | undefined): string =>
  (error?.issues ?? []).map(({ path, message }) => `${path.join(".") || "request"}: ${message}`).join("; ");
