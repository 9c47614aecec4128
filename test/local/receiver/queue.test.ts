import { mkdtemp, readdir, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";

import { afterEach, beforeEach, describe, expect, test } from "@jest/globals";

import type { Decision } from "../../../cli/recovery/index.ts";
import { Queue } from "../../../local/receiver/queue.ts";
import { work } from "../../../local/receiver/worker.ts";

import { report } from "./report.ts";

let directory: string;

beforeEach(async () => {
  directory = await mkdtemp(join(tmpdir(), "gitops-receiver-"));
});

afterEach(() => rm(directory, { recursive: true, force: true }));

const done: Decision = { action: "notified", reason: "", needsPerson: false };

/** Works once and remembers what was handled. */
async function handled(
  answer: () => Promise<readonly Decision[]>,
): Promise<{ ids: string[]; next: number | undefined }> {
  const ids: string[] = [];
  const next = await work({
    queue: new Queue(directory),
    handle: async (event) => {
      ids.push(event.name);
      return answer();
    },
    onDecision: () => Promise.resolve(),
    onFailure: () => Promise.resolve(),
  });
  return { ids, next };
}

describe("the queue", () => {
  test("has what was taken in also for a process that starts after a kill", async () => {
    await new Queue(directory).add(report({ name: "a" }));
    await new Queue(directory).add(report({ name: "b" }));
    expect((await handled(() => Promise.resolve([done]))).ids).toEqual(["a", "b"]);
    expect((await handled(() => Promise.resolve([done]))).ids).toEqual([]);
  });

  test("takes a report once, before and after it is handled", async () => {
    expect(await new Queue(directory).add(report())).toMatchObject({ added: true });
    expect(await new Queue(directory).add(report())).toMatchObject({ added: false });
    await handled(() => Promise.resolve([done]));
    expect(await new Queue(directory).add(report())).toMatchObject({ added: false });
    expect(await new Queue(directory).add(report({ kind: "healthy" }))).toMatchObject({ added: true });
  });

  test("passes over what a kill left half-written", async () => {
    await new Queue(directory).add(report());
    await writeFile(join(directory, "queue", "x.json.new"), '{"id":');
    expect((await handled(() => Promise.resolve([done]))).ids).toHaveLength(1);
  });

  test("keeps a report whose handling failed, and tries again later", async () => {
    await new Queue(directory).add(report());
    const { next } = await handled(() => Promise.reject(new Error("away")));
    expect(next).toBeGreaterThan(0);
    expect((await handled(() => Promise.resolve([done]))).ids).toEqual([]);
    expect(await new Queue(directory).list()).toMatchObject([{ attempts: 1 }]);
  });

  test("gives a report up after ten failures", async () => {
    await new Queue(directory).add(report());
    for (let attempt = 1; attempt <= 10; attempt += 1) {
      const queue = new Queue(directory);
      const [item] = await queue.list();
      if (item === undefined) throw new Error(`given up after ${attempt - 1}`);
      await queue.put({ ...item, notBefore: 0 });
      await handled(() => Promise.reject(new Error("away")));
    }
    expect(await new Queue(directory).list()).toEqual([]);
    expect(await readdir(join(directory, "handled"))).toHaveLength(1);
  });

  test("asks again when the decision was too early", async () => {
    await new Queue(directory).add(report());
    const notBefore = new Date(Date.now() + 60_000).toISOString();
    const { next } = await handled(() => Promise.resolve([{ ...done, action: "waiting", notBefore }]));
    expect(next).toBeGreaterThan(50_000);
    expect(await new Queue(directory).list()).toMatchObject([{ notBefore: Date.parse(notBefore), attempts: 0 }]);
  });
});
