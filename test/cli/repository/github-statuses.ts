import { once } from "node:events";
import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { text } from "node:stream/consumers";

interface Status {
  readonly context: string;
  readonly state: string;
  readonly description: string;
  readonly target_url?: string;
}

export interface GitHubStatuses {
  /** By commit, newest first. */
  readonly statuses: Map<string, Status[]>;
  /** For the command: token, repository and address of the API. */
  readonly environment: Readonly<Record<string, string>>;
  readonly close: () => Promise<void>;
}

const shown = /^\/repos\/example\/platform\/commits\/(\w+)\/statuses$/;
const made = /^\/repos\/example\/platform\/statuses\/(\w+)$/;

/** Starts a server on loopback that plays GitHub's statuses of commits (GitHub REST reference, "Commit statuses"). */
export async function startGitHubStatuses(): Promise<GitHubStatuses> {
  const statuses = new Map<string, Status[]>();
  const answer = (method: string, path: string, body: string): readonly [number, unknown] => {
    const [, asked] = shown.exec(path) ?? [];
    if (asked !== undefined && method === "GET") return [200, statuses.get(asked) ?? []];
    const [, commit] = made.exec(path) ?? [];
    if (commit === undefined || method !== "POST") return [404, { message: "Not Found" }];
    const status = JSON.parse(body) as Status;
    if (status.description.length > 140) {
      return [422, { message: "Validation Failed: description is too long (maximum is 140 characters)" }];
    }
    statuses.set(commit, [status, ...(statuses.get(commit) ?? [])]);
    return [201, status];
  };
  const server = createServer((request, response) => {
    void text(request).then((body) => {
      const known = request.headers.authorization === "token token-of-the-test";
      const { pathname } = new URL(request.url ?? "/", "http://localhost");
      const [status, content] = known
        ? answer(request.method ?? "", pathname, body)
        : [401, { message: "Bad credentials" }];
      response.writeHead(status, { "content-type": "application/json" }).end(JSON.stringify(content));
    });
  });
  server.listen(0, "127.0.0.1");
  await once(server, "listening");
  return {
    statuses,
    environment: {
      GITHUB_API_URL: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
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
