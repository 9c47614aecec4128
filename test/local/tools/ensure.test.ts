import { once } from "node:events";
import { access, mkdtemp, readdir, rm } from "node:fs/promises";
import { connect } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { createInterface } from "node:readline";
import type { Readable } from "node:stream";

import { afterEach, beforeEach, describe, expect, test } from "@jest/globals";
import { execa } from "execa";

import { withBuildLock } from "../../../local/tools/build-lock.ts";
import { cacheDirectory } from "../../../local/tools/cache.ts";
import { ensureTools } from "../../../local/tools/ensure.ts";
import type { ToolEvent } from "../../../local/tools/events.ts";

// The smallest of the tools, built by the real Go from the network's or the user's module cache.
const names = ["redis"] as const;
const buildTimeout = 180_000;

let root: string;
const before = process.env["GITOPS_CACHE_DIR"];
beforeEach(async () => {
  root = await mkdtemp(join(tmpdir(), "ensure-tools-"));
  process.env["GITOPS_CACHE_DIR"] = join(root, "cache");
});
afterEach(async () => {
  if (before === undefined) delete process.env["GITOPS_CACHE_DIR"];
  else process.env["GITOPS_CACHE_DIR"] = before;
  await rm(root, { recursive: true });
});

function ensure(events: ToolEvent[], onEvent?: (event: ToolEvent) => void, signal?: AbortSignal) {
  return ensureTools({
    names,
    logDirectory: join(root, "logs"),
    onEvent: (event) => {
      events.push(event);
      onEvent?.(event);
    },
    ...(signal === undefined ? {} : { signal }),
  });
}

const kinds = (events: readonly ToolEvent[]): readonly string[] => events.map(({ kind }) => kind);

describe("ensureTools", () => {
  test(
    "builds a missing tool, and finds it the next time",
    async () => {
      const first: ToolEvent[] = [];
      const built = await ensure(first);
      expect(kinds(first)).toEqual(["building", "built"]);
      expect(first[0]).toMatchObject({ folder: "redis", log: join(root, "logs", "tool-redis.log") });
      expect(first[1]).toMatchObject({ folder: "redis", remainingSeconds: 0 });
      await access(join(root, "logs", "tool-redis.log"));

      const second: ToolEvent[] = [];
      expect(await ensure(second)).toEqual(built);
      expect(second).toEqual([{ kind: "found", folder: "redis", version: built.redis.version, where: "cache" }]);
      expect(await pingRedis(built.redis.path)).toBe("-NOAUTH Authentication required.\r\n+OK\r\n+PONG\r\n");
    },
    buildTimeout,
  );

  test(
    "builds once when two starts want the same tool",
    async () => {
      const [first, second]: [ToolEvent[], ToolEvent[]] = [[], []];
      const [one, other] = await Promise.all([ensure(first), ensure(second)]);
      expect(other).toEqual(one);
      expect([kinds(first), kinds(second)].sort()).toEqual([
        ["building", "built"],
        ["waiting", "found"],
      ]);
    },
    buildTimeout,
  );

  test(
    "waits for another process that builds, and says so",
    async () => {
      const child = await withBuildLock(cacheDirectory(), { onWait: () => undefined }, async () => {
        const started = execa("node_modules/.bin/tsx", ["local/tools/main.ts", "redis"], {
          env: { GITOPS_LOCAL_DIR: join(root, "local") },
        });
        expect(await firstLine(started)).toMatch(/^redis v\S+: waiting for the build of another start$/);
        // In an object: a bare promise would be awaited here, with the lock held.
        return { started };
      });
      const { stdout } = await child.started;
      expect(stdout).toMatch(/waiting[^\n]*\n.*building, about \d+:\d\d[^\n]*\n.*built in \d+:\d\d$/);
    },
    buildTimeout,
  );

  test(
    "ends when it is told to, leaves nothing half-done, and can be called again",
    async () => {
      const controller = new AbortController();
      const stop = (event: ToolEvent): void => {
        if (event.kind === "building") setImmediate(() => controller.abort(new Error("enough")));
      };
      await expect(ensure([], stop, controller.signal)).rejects.toThrow("enough");
      expect(await readdir(cacheDirectory())).toEqual([]);

      const events: ToolEvent[] = [];
      await ensure(events);
      expect(kinds(events)).toEqual(["building", "built"]);
    },
    buildTimeout,
  );

  test(
    "leaves nothing behind when the command is interrupted in the middle of a compilation",
    async () => {
      // With an empty build cache Go compiles its standard library first: there is time for the signal.
      const command = execa(process.execPath, ["--import", "tsx", "local/tools/main.ts", "redis"], {
        env: { GITOPS_LOCAL_DIR: join(root, "local"), GOCACHE: join(root, "go-build") },
        reject: false,
      });
      expect(await firstLine(command)).toMatch(/: building, about /);
      command.kill("SIGINT");
      const { exitCode, stdout, stderr } = await command;
      expect(stderr).toBe("interrupted by SIGINT; start again, what is built is kept");
      expect(stdout).not.toContain("built in");
      expect(exitCode).toBe(1);
      expect(await readdir(cacheDirectory())).toEqual([]);
    },
    buildTimeout,
  );

  test("does nothing at all when it is told to end before it begins", async () => {
    const events: ToolEvent[] = [];
    await expect(ensure(events, undefined, AbortSignal.abort(new Error("too late")))).rejects.toThrow("too late");
    expect(events).toEqual([]);
  });
});

/** What a running program prints first. Rejects when it ends without a line. */
async function firstLine(program: { readonly stdout: Readable }): Promise<string> {
  const lines = createInterface({ input: program.stdout });
  const ended = once(lines, "close").then(() => Promise.reject(new Error("the program printed nothing")));
  const [line] = (await Promise.race([once(lines, "line"), ended])) as [string];
  ended.catch(() => undefined);
  return line;
}

/** A command as Redis clients send it: an array of strings with their lengths. */
function redisCommand(words: readonly string[]): string {
  return [`*${words.length}`, ...words.flatMap((word) => [`$${word.length}`, word]), ""].join("\r\n");
}

/** Starts the built server with a password and returns its answers to PING without and with it. */
async function pingRedis(path: string): Promise<string> {
  const server = execa(path, ["127.0.0.1:0"], { env: { REDIS_PASSWORD: "secret" }, reject: false });
  try {
    const port = /^redis: ready on 127\.0\.0\.1:(\d+)$/.exec(await firstLine(server))?.[1];
    expect(port).toBeDefined();
    const socket = connect(Number(port), "127.0.0.1").setEncoding("utf8");
    let answers = "";
    socket.on("data", (data: string) => {
      answers += data;
      if (answers.endsWith("+PONG\r\n")) socket.end();
    });
    socket.write([["PING"], ["AUTH", "secret"], ["PING"]].map(redisCommand).join(""));
    await once(socket, "close");
    return answers;
  } finally {
    server.kill("SIGTERM");
    expect((await server).exitCode).toBe(0);
  }
}
