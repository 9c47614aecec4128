import { dirname, join } from "node:path";

import { execa } from "execa";

import type { ActionName, ActionRequests, Session } from "../../../../cli/dashboard/model.ts";
import { cacheDirectory } from "../../../../local/tools/cache.ts";
import { root } from "../../../support/kustomize.ts";

import { ask, listen } from "./http.ts";
import type { Answer, Events, Headers } from "./http.ts";

/** A running `gitops dashboard`. */
export interface Dashboard {
  readonly base: URL;
  /** What it has printed so far, one document each. */
  readonly announced: readonly Announced[];
  /** Waits until it has printed so many addresses. */
  readonly printed: (count: number) => Promise<Announced>;
  readonly get: (path: string, headers?: Headers) => Promise<Answer>;
  readonly post: (path: string, body: string, headers?: Headers) => Promise<Answer>;
  /** Ends it as Ctrl-C does; returns the exit code. */
  readonly interrupt: () => Promise<number | undefined>;
}

interface Announced {
  readonly url: string;
  readonly another: boolean;
  readonly readOnly: boolean;
}

const launcher = join(root, "cli", "bin", "gitops.mjs");
const identity = {
  GIT_AUTHOR_NAME: "Ann Example",
  GIT_AUTHOR_EMAIL: "ann@example.com",
  GIT_COMMITTER_NAME: "Ann Example",
  GIT_COMMITTER_EMAIL: "ann@example.com",
};

/** Starts the command as a user does, and waits for its address. */
export async function startDashboard(folder: string, args: readonly string[]): Promise<Dashboard> {
  const child = execa(launcher, ["dashboard", "--json", ...args], {
    cwd: folder,
    reject: false,
    extendEnv: false,
    env: {
      PATH: process.env["PATH"] ?? "",
      HOME: join(folder, "empty-home"),
      GITOPS_CACHE_DIR: dirname(cacheDirectory()),
      ...identity,
    },
  });
  const announced: Announced[] = [];
  let changed = (): void => undefined;
  const read = (async () => {
    for await (const line of child) {
      announced.push(JSON.parse(line) as Announced);
      changed();
    }
  })();
  read.catch(() => undefined);
  const printed = async (count: number): Promise<Announced> => {
    for (;;) {
      const found = announced[count - 1];
      if (found !== undefined) return found;
      const ended = await Promise.race([
        child,
        new Promise<undefined>((resolve) => (changed = () => resolve(undefined))),
      ]);
      if (ended !== undefined && announced.length < count) throw new Error(`it ended: ${ended.stderr}`);
    }
  };
  const first = await printed(1);
  const base = new URL(first.url);
  return {
    base,
    announced,
    printed,
    get: (path, headers = {}) => ask(base, path, { headers: { host: base.host, ...headers } }),
    post: (path, body, headers = {}) =>
      ask(base, path, { method: "POST", headers: { host: base.host, ...headers } }, body),
    interrupt: async () => {
      child.kill("SIGINT");
      return (await child).exitCode;
    },
  };
}

/** A browser that was let in. */
export interface Browser {
  readonly cookie: Headers;
  readonly session: Session;
  readonly get: (path: string, headers?: Headers) => Promise<Answer>;
  readonly events: (headers?: Headers) => Promise<Events>;
  /** Sends an action as the page does; `headers` replace some. */
  readonly act: <Name extends ActionName>(
    name: Name,
    request: ActionRequests[Name],
    headers?: Headers,
  ) => Promise<Answer>;
}

/** Goes to the newest address that was printed. */
export async function signIn(dashboard: Dashboard): Promise<Browser> {
  const { url } = dashboard.announced.at(-1) ?? { url: "" };
  const answer = await dashboard.get(url.slice(dashboard.base.origin.length));
  const cookie = { cookie: answer.headers["set-cookie"]?.[0]?.split(";")[0] ?? "" };
  const get: Browser["get"] = (path, headers) => dashboard.get(path, { ...cookie, ...headers });
  const session = (await get("/api/session")).json() as Session;
  return {
    cookie,
    session,
    get,
    events: (headers) => listen(dashboard.base, "/api/events", { host: dashboard.base.host, ...cookie, ...headers }),
    act: (name, request, headers) =>
      dashboard.post(`/api/actions/${name}`, JSON.stringify(request), {
        ...cookie,
        "origin": dashboard.base.origin,
        "x-csrf-token": session.csrfToken ?? "",
        "content-type": "application/json",
        ...headers,
      }),
  };
}
