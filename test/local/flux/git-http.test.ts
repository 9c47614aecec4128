import { once } from "node:events";
import { mkdtemp, rm, writeFile } from "node:fs/promises";
import type { Server } from "node:http";
import type { AddressInfo } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";

import { afterEach, beforeEach, expect, test } from "@jest/globals";
import { execa } from "execa";

import { gitHttpServer } from "../../../local/flux/git-http/server.ts";

let folder: string;
let server: Server;
let address: string;

const git = (...args: readonly string[]) =>
  execa("git", ["-c", "user.name=A Person", "-c", "user.email=person@example.com", ...args], {
    cwd: folder,
    reject: false,
  });

beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), "gitops-http-"));
  await git("init", "--quiet", "--initial-branch=main", "work");
  await writeFile(join(folder, "work/file"), "one\n");
  await git("-C", "work", "add", "file");
  await git("-C", "work", "commit", "--quiet", "--message", "One");
  await git("clone", "--quiet", "--bare", "work", "platform.git");
  server = gitHttpServer(join(folder, "platform.git")).listen(0, "127.0.0.1");
  await once(server, "listening");
  address = `http://127.0.0.1:${(server.address() as AddressInfo).port}/platform.git`;
});
afterEach(async () => {
  server.closeAllConnections();
  server.close();
  await rm(folder, { recursive: true, force: true });
});

test.each(["0", "2"])(
  "is cloned, whole or the newest commit alone, with version %s of the protocol",
  async (version) => {
    const cloned = await git("-c", `protocol.version=${version}`, "clone", "--quiet", "--depth=1", address, "copy");
    expect(cloned).toMatchObject({ exitCode: 0 });
    const [here, there] = [await git("-C", "copy", "rev-parse", "HEAD"), await git("-C", "work", "rev-parse", "HEAD")];
    expect(here.stdout).toBe(there.stdout);
  },
);

test("is not written to, and gives nothing else", async () => {
  const pushed = await git("-C", "work", "push", address, "HEAD:refs/heads/other");
  expect([pushed.exitCode, pushed.stderr]).toEqual([128, expect.stringContaining("403")]);
  expect((await git("-C", "platform.git", "branch", "--list", "other")).stdout).toBe("");
  for (const path of ["/other.git/info/refs?service=git-upload-pack", "/platform.git/HEAD", "/platform.git/../work"]) {
    expect((await fetch(new URL(path, address))).status).toBe(404);
  }
});
