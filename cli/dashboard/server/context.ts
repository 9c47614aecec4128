import type { HttpBindings } from "@hono/node-server";
import type { Context } from "hono";

import type { Actions } from "../actions/actions.ts";
import type { PageAssets } from "../assets.ts";
import type { Chronicle } from "../chronicle/chronicle.ts";
import type { Feed } from "../feed/feed.ts";
import type { Problem, Session } from "../model.ts";

import type { BrowserSession, Sessions } from "./sessions.ts";

/** What the server is made of. */
export interface ServerParts {
  readonly page: () => Promise<PageAssets>;
  readonly feed: Feed;
  /** Undefined without a clone. */
  readonly chronicle: Chronicle | undefined;
  /** Undefined: read-only. */
  readonly actions: Actions | undefined;
  readonly access: Access;
}

/** Who may look, and how the server knows them. */
export type Access =
  | {
      /** On this machine: a one-time token, then a cookie. */
      readonly kind: "token";
      readonly sessions: Sessions;
      /** As Git knows them. */
      readonly viewer: Session["viewer"];
      /** Called when a token was used, so that another one can be given out. */
      readonly onUsed: () => void;
      /** Known once the server listens. */
      readonly port: () => number;
    }
  | {
      /** Behind an ingress that signs people in and names them in headers. Read-only. */
      readonly kind: "proxy";
      /** The name that people open, without a scheme. */
      readonly hostname: string;
    };

/** For Hono: what handlers find in their context. */
export interface Environment {
  Bindings: HttpBindings;
  Variables: { browser: BrowserSession };
}

/** An answer that is not 2xx. */
export function problem(
  context: Context,
  status: 400 | 401 | 403 | 404 | 409 | 413 | 415 | 429 | 500 | 502,
  error: string,
) {
  const body: Problem = { version: 1, error };
  return context.json(body, status);
}
