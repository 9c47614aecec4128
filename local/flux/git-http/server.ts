import { spawn } from "node:child_process";
import { createServer } from "node:http";
import type { IncomingMessage, Server, ServerResponse } from "node:http";
import { pipeline } from "node:stream";
import { createGunzip } from "node:zlib";

/** The one thing that is asked for: to read. A push goes through the folder, where its hooks are. */
const service = "git-upload-pack";

/**
 * Serves one bare repository as `/platform.git` by Git's smart HTTP protocol, to be read and not to be written
 * (Documentation/gitprotocol-http of Git). GET /health answers 200.
 */
export function gitHttpServer(repository: string): Server {
  return createServer((request, response) => {
    const url = new URL(request.url ?? "/", "http://127.0.0.1");
    if (request.method === "GET" && url.pathname === "/health") return void response.writeHead(200).end("ok");
    if (request.method === "GET" && url.pathname === "/platform.git/info/refs") {
      if (url.searchParams.get("service") !== service) return refuse(response, 403, "read only");
      return advertise(repository, request, response);
    }
    if (request.method === "POST" && url.pathname === `/platform.git/${service}`) {
      return upload(repository, request, response);
    }
    refuse(response, url.pathname.endsWith("/git-receive-pack") ? 403 : 404, "there is /platform.git, to be read");
  });
}

function advertise(repository: string, request: IncomingMessage, response: ServerResponse): void {
  response.writeHead(200, headers("advertisement"));
  const line = `# service=${service}\n`;
  // A pkt-line begins with its own length in four hexadecimal digits; 0000 ends a part.
  response.write(`${(line.length + 4).toString(16).padStart(4, "0")}${line}0000`);
  git(repository, ["--advertise-refs"], request, response).stdin.end();
}

function upload(repository: string, request: IncomingMessage, response: ServerResponse): void {
  response.writeHead(200, headers("result"));
  const { stdin } = git(repository, [], request, response);
  const done = (): void => undefined;
  if (request.headers["content-encoding"] === "gzip") pipeline(request, createGunzip(), stdin, done);
  else pipeline(request, stdin, done);
}

function git(repository: string, args: readonly string[], request: IncomingMessage, response: ServerResponse) {
  const asked = request.headers["git-protocol"];
  const version = typeof asked === "string" && /^version=\d$/.test(asked) ? { GIT_PROTOCOL: asked } : {};
  const child = spawn("git", ["upload-pack", "--stateless-rpc", ...args, repository], {
    env: { PATH: process.env["PATH"], HOME: process.env["HOME"], LC_ALL: "C", ...version },
    stdio: ["pipe", "pipe", "inherit"],
  });
  child.on("error", () => response.destroy());
  child.stdin.on("error", () => undefined);
  response.on("close", () => child.kill());
  child.stdout.pipe(response);
  return child;
}

const headers = (part: "advertisement" | "result"): Record<string, string> => ({
  "content-type": `application/x-${service}-${part}`,
  "cache-control": "no-cache",
});

function refuse(response: ServerResponse, status: number, words: string): void {
  response.writeHead(status, { "content-type": "text/plain" }).end(`${words}\n`);
}
