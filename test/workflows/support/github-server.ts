import { once } from "node:events";
import { createServer } from "node:http";
import type { IncomingMessage } from "node:http";
import type { AddressInfo } from "node:net";

/** A comment or an issue, as the API gives it. */
export interface Text {
  readonly number: number;
  readonly id: number;
  title?: string;
  body: string;
  state: "open" | "closed";
  readonly user: { readonly login: string };
  readonly assignees?: readonly string[];
  /** Of a comment: the issue it is on. */
  readonly on?: number;
}

/** What the stand-in for GitHub knows; tests fill it and look at it afterwards. */
export interface State {
  readonly issues: Text[];
  readonly comments: Text[];
  /** Answers of everything else, by method and path without the repository, such as "GET /pulls". */
  readonly answers: Map<string, { readonly status?: number; readonly body: unknown }>;
  /** Every request: method, path and query. */
  readonly requests: string[];
}

export interface GitHubServer {
  readonly state: State;
  /** The variables that GitHub Actions sets, for this server. */
  readonly environment: Readonly<Record<string, string>>;
  readonly close: () => Promise<void>;
}

const bot = { login: "github-actions[bot]" };
let lastId = 1000;

/** Makes a comment or an issue that is there from the beginning. */
export function given(fields: Partial<Text>): Text {
  lastId += 1;
  return { number: lastId, id: lastId, body: "", state: "open", user: bot, ...fields };
}

/** Starts a server on loopback that plays the part of GitHub's API that the workflows use (GitHub REST reference). */
export async function startGitHub(): Promise<GitHubServer> {
  const state: State = { issues: [], comments: [], answers: new Map(), requests: [] };
  const server = createServer((request, response) => {
    void answer(state, request, `http://${request.headers.host}`).then(({ status = 200, body, headers = {} }) => {
      response.writeHead(status, { "content-type": "application/json", ...headers });
      response.end(body === undefined ? undefined : JSON.stringify(body));
    });
  });
  server.listen(0, "127.0.0.1");
  await once(server, "listening");
  const { port } = server.address() as AddressInfo;
  return {
    state,
    environment: {
      GITHUB_API_URL: `http://127.0.0.1:${port}`,
      GITHUB_SERVER_URL: "https://github.com",
      GITHUB_REPOSITORY: "example/platform",
      GITHUB_TOKEN: "token-of-the-test",
      GITHUB_RUN_ID: "42",
    },
    close: async () => {
      server.closeAllConnections();
      server.close();
      await once(server, "close");
    },
  };
}

interface Answer {
  readonly status?: number;
  readonly body?: unknown;
  readonly headers?: Readonly<Record<string, string>>;
}

async function answer(state: State, request: IncomingMessage, base: string): Promise<Answer> {
  const url = new URL(request.url ?? "/", base);
  const path = decodeURIComponent(url.pathname).replace(/^\/repos\/example\/platform/, "");
  state.requests.push(`${request.method} ${path}${url.search}`);
  if (request.headers.authorization !== "token token-of-the-test")
    return { status: 401, body: { message: "Bad credentials" } };
  const chunks: Buffer[] = [];
  for await (const chunk of request) chunks.push(chunk as Buffer);
  const body = chunks.length === 0 ? {} : (JSON.parse(Buffer.concat(chunks).toString()) as Partial<Text>);

  const known = state.answers.get(`${request.method} ${path}`);
  if (known !== undefined) return known;
  const [, kind, number, rest] = /^\/(issues|issues\/comments)(?:\/(\d+))?(\/comments)?$/.exec(path) ?? [];
  if (kind === undefined) return { status: 404, body: { message: `Not Found: ${request.method} ${path}` } };
  if (request.method === "GET") {
    const all = rest === undefined ? open(state.issues, url) : state.comments.filter(({ on }) => on === Number(number));
    return page(all, url);
  }
  if ((body.body?.length ?? 0) > 65_536)
    return { status: 422, body: { message: "body is too long (maximum is 65536 characters)" } };
  if (request.method === "PATCH") {
    const text = (kind === "issues" ? state.issues : state.comments).find(({ id }) => id === Number(number));
    return text === undefined ? { status: 404, body: { message: "Not Found" } } : { body: Object.assign(text, body) };
  }
  const text = given({ ...body, ...(rest === undefined ? {} : { on: Number(number) }) });
  (rest === undefined ? state.issues : state.comments).push(text);
  return { status: 201, body: text };
}

function open(issues: readonly Text[], url: URL): readonly Text[] {
  const creator = url.searchParams.get("creator");
  return issues.filter(({ state, user }) => state === "open" && (creator === null || user.login === creator));
}

/** One page with the header that names the next one, as GitHub does. */
function page(all: readonly unknown[], url: URL): Answer {
  const size = Number(url.searchParams.get("per_page") ?? 30);
  const number = Number(url.searchParams.get("page") ?? 1);
  const next = new URL(url);
  next.searchParams.set("page", String(number + 1));
  const more = all.length > number * size;
  return {
    body: all.slice((number - 1) * size, number * size),
    headers: more ? { link: `<${next.href}>; rel="next"` } : {},
  };
}
