import { Hono } from "hono";
import type { Context } from "hono";
import { getCookie, setCookie } from "hono/cookie";

import type { PageAssets } from "../assets.ts";

import { problem } from "./context.ts";
import type { Access, Environment } from "./context.ts";
import { cookieName, signedIn } from "./guard.ts";

/** Years do no harm: a changed file has another name. */
const forEver = "public, max-age=31536000, immutable";

/** The document, its assets, and the exchange of a token for a session. */
export function pageRoutes(page: () => Promise<PageAssets>, access: Access): Hono<Environment> {
  const routes = new Hono<Environment>();
  const known = (context: Context<Environment>): boolean =>
    access.kind === "proxy" || access.sessions.find(getCookie(context, cookieName(access.port()))) !== undefined;
  routes.get("/", async (context) => {
    const token = context.req.query("token");
    if (token !== undefined && access.kind === "token") {
      context.header("Cache-Control", "no-store");
      const cookie = access.sessions.exchange(token);
      if (cookie !== undefined) {
        setCookie(context, cookieName(access.port()), cookie, { httpOnly: true, sameSite: "Strict", path: "/" });
        access.onUsed();
      }
      // No redirect: a browser that was sent here by another program would not send a strict cookie along with it. A
      // token of before, in the history of a browser that has a session, does no harm.
      if (cookie !== undefined || known(context)) return context.html(signedInPage);
      return context.html(strangerPage("This address was used before, or is of an earlier run."), 401);
    }
    if (!known(context)) return context.html(strangerPage("There is no session in this browser."), 401);
    const { html, etag } = await page();
    context.header("ETag", etag);
    context.header("Cache-Control", "no-cache");
    if (context.req.header("if-none-match") === etag) return context.body(null, 304);
    return context.html(html);
  });
  routes.get("/assets/:name", signedIn(access), async (context) => {
    const asset = (await page()).assets.get(context.req.param("name"));
    if (asset === undefined) return problem(context, 404, "there is no such file; load the page again");
    const { contentType, body } = asset;
    // The name has a hash of the content.
    const etag = `"${context.req.param("name")}"`;
    const headers = { "Content-Type": contentType, "Cache-Control": forEver, "ETag": etag };
    if (context.req.header("if-none-match") === etag) return context.body(null, 304, headers);
    return context.body(new Uint8Array(body), 200, headers);
  });
  return routes;
}

const small = (head: string, body: string): string =>
  `<!doctype html><html lang="en"><head><meta charset="utf-8"><title>gitops dashboard</title>${head}</head>` +
  `<body>${body}</body></html>`;

/** Leads to the page itself, without the token in the address. */
const signedInPage = small(
  '<meta http-equiv="refresh" content="0; url=./">',
  '<p>Signed in. <a href="./">Open the dashboard</a></p>',
);

const strangerPage = (why: string): string =>
  small("", `<p>${why} Open the newest address that <code>gitops dashboard</code> has printed.</p>`);
