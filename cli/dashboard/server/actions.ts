import { Hono } from "hono";
import { bodyLimit } from "hono/body-limit";

import { actionNames } from "../actions/requests.ts";

import { messageOf, wrong } from "./api.ts";
import { problem } from "./context.ts";
import type { Environment, ServerParts } from "./context.ts";
import { sentByOwnPage } from "./guard.ts";

/** Bytes of a request; a reason is one line. */
const maxBytes = 16_384;

/** What the page changes: through the commands, one at a time. */
export function actionRoutes({ actions, access }: ServerParts): Hono<Environment> {
  const routes = new Hono<Environment>();
  if (actions === undefined) {
    routes.post("/*", (context) =>
      problem(context, 403, "read-only: actions need gitops dashboard --allow-actions on the machine of who acts"),
    );
    return routes;
  }
  let busy = false;
  const tooLong = bodyLimit({
    maxSize: maxBytes,
    onError: (context) => problem(context, 413, "the request is too long"),
  });
  routes.post("/:name", sentByOwnPage(access), tooLong, async (context) => {
    const name = actionNames.find((one) => one === context.req.param("name"));
    if (name === undefined)
      return problem(context, 404, `there is no such action; there are ${actionNames.join(", ")}`);
    const body: unknown = await context.req.json().catch(() => undefined);
    const prepared = actions.prepare(name, body);
    if (!prepared.success) return problem(context, 400, wrong(prepared.error));
    if (busy) return problem(context, 409, "another action is under way; wait until it is done");
    busy = true;
    try {
      return context.json(await prepared.run());
    } catch (error) {
      return problem(context, 502, messageOf(error));
    } finally {
      busy = false;
    }
  });
  return routes;
}
