import { once } from "node:events";
import { createServer } from "node:http";
import type { IncomingMessage } from "node:http";
import type { AddressInfo } from "node:net";

interface Pull {
  readonly number: number;
  readonly head: string;
  readonly base: string;
  title: string;
  body: string;
  state: "open" | "closed";
  readonly html_url: string;
}

export interface GitHubPulls {
  readonly pulls: Pull[];
  /** For the command: token, repository and address of the API. */
  readonly environment: Readonly<Record<string, string>>;
  readonly close: () => Promise<void>;
}

/** Starts a server on loopback that plays GitHub's pull requests (GitHub REST reference, "Pull requests"). */
export async function startGitHubPulls(): Promise<GitHubPulls> {
  const pulls: Pull[] = [];
  const server = createServer((request, response) => {
    void answer(pulls, request).then(([status, body]) => {
      response.writeHead(status, { "content-type": "application/json" });
      response.end(JSON.stringify(body));
    });
  });
  server.listen(0, "127.0.0.1");
  await once(server, "listening");
  const { port } = server.address() as AddressInfo;
  return {
    pulls,
    environment: {
      GITHUB_API_URL: `http://127.0.0.1:${port}`,
      GITHUB_REPOSITORY: "example/platform",
      GITHUB_TOKEN: "token-of-the-test",
      // The test's way to no network must not catch loopback.
      no_proxy: "127.0.0.1",
    },
    close: async () => {
      server.closeAllConnections();
      server.close();
      await once(server, "close");
    },
  };
}

async function answer(pulls: Pull[], request: IncomingMessage): Promise<readonly [number, unknown]> {
  const url = new URL(request.url ?? "/", "http://localhost");
  const chunks: Buffer[] = [];
  for await (const chunk of request) chunks.push(chunk as Buffer);
  const body = chunks.length === 0 ? {} : (JSON.parse(Buffer.concat(chunks).toString()) as Partial<Pull>);
  if (request.headers.authorization !== "token token-of-the-test") return [401, { message: "Bad credentials" }];
  const [, number] = /^\/repos\/example\/platform\/pulls(?:\/(\d+))?$/.exec(url.pathname) ?? ["", ""];
  if (number === "") return [404, { message: "Not Found" }];
  const asked = (name: string): string => url.searchParams.get(name) ?? "";
  const matching = (head: string, base: string): Pull[] =>
    pulls.filter((pull) => pull.state === "open" && pull.head === head && pull.base === base);
  if (request.method === "GET") {
    // As GitHub: without owner:branch everything is listed.
    const [owner, head] = asked("head").split(":");
    const filtered = owner === "example" && head !== undefined ? matching(head, asked("base")) : pulls;
    return [200, filtered];
  }
  if (request.method === "PATCH") {
    const pull = pulls.find((item) => item.number === Number(number));
    return pull === undefined ? [404, { message: "Not Found" }] : [200, Object.assign(pull, body)];
  }
  const { head = "", base = "", title = "", body: text = "" } = body;
  if (matching(head, base).length > 0) return [422, { message: "A pull request already exists" }];
  const next = pulls.length + 1;
  const page = `https://github.com/example/platform/pull/${next}`;
  const created: Pull = { number: next, head, base, title, body: text, state: "open", html_url: page };
  pulls.push(created);
  return [201, created];
}
