import { once } from "node:events";
import { createWriteStream, writeFileSync } from "node:fs";
import { join } from "node:path";
import { gzipSync } from "node:zlib";

import { describe, expect, test } from "@jest/globals";

import { readKubernetes } from "../../../cli/audit/sources/kubernetes.ts";
import { temporaryFolder } from "../plan/gitops.ts";

import { event } from "./kubernetes-events.ts";

const period = { since: new Date("2026-03-02T00:00:00Z"), until: new Date("2026-03-03T00:00:00Z") };

type Event = ReturnType<typeof event>;

function read(events: readonly (Event | string)[], name = "audit.log") {
  const file = join(temporaryFolder(), name);
  const text = events.map((one) => `${typeof one === "string" ? one : JSON.stringify(one)}\n`).join("");
  writeFileSync(file, name.endsWith(".gz") ? gzipSync(text) : text);
  return readKubernetes([{ file }], period);
}

describe("the Kubernetes audit log tells", () => {
  test("what was denied, to whom and why", async () => {
    const { entries, sources } = await read([event({ code: 403, id: "the-id" })]);
    expect(entries).toEqual([
      {
        time: "2026-03-02T10:01:00.123Z",
        kind: "denied",
        who: "ann",
        environments: ["prod"],
        applications: [],
        what: "get secrets prod/db",
        why: '403: secrets "db" is forbidden',
        evidence: [{ type: "audit-id", id: "the-id" }],
      },
    ]);
    expect(sources).toMatchObject([{ state: "read", read: 1, problem: null }]);
  });

  test("that nobody could authenticate, which ends at another stage", async () => {
    const { entries } = await read([event({ user: "", code: 401, stage: "ResponseStarted" })]);
    expect(entries).toMatchObject([{ kind: "denied", who: "nobody (127.0.0.1)" }]);
  });

  test("that a controller was denied something as well", async () => {
    const { entries } = await read([event({ user: "system:serviceaccount:keda:keda-operator", code: 403 })]);
    expect(entries).toMatchObject([{ kind: "denied" }]);
  });

  test.each([
    [
      { resource: "applications", group: "argoproj.io", namespace: "argocd", name: "core-trading-prod" },
      "prod",
      "core-trading",
    ],
    [{ resource: "canaries", group: "flagger.app", namespace: "staging", name: "app" }, "staging", "app"],
    [{ resource: "appprojects", group: "argoproj.io", namespace: "argocd", name: "dev" }, "dev", undefined],
    [{ resource: "secrets", namespace: "argocd", name: "argocd-secret" }, undefined, undefined],
  ])("what a person changed past Git: %j", async (object, environment, application) => {
    const { entries } = await read([event({ ...object, verb: "patch" })]);
    expect(entries).toMatchObject([
      {
        kind: "manual-change",
        environments: environment === undefined ? [] : [environment],
        applications: application === undefined ? [] : [application],
      },
    ]);
  });

  test("what the platform's commands wrote, with the types of the objects, in one entry", async () => {
    const write = { verb: "patch", manager: "gitops-local-argocd", code: 201 };
    const { entries } = await read([
      event({ ...write, resource: "roles", group: "rbac.authorization.k8s.io", time: "2026-03-02T10:01:02Z" }),
      event({ ...write, time: "2026-03-02T10:01:01Z" }),
      event({ ...write, name: "other", time: "2026-03-02T10:01:03Z" }),
    ]);
    expect(entries).toMatchObject([
      {
        kind: "platform",
        time: "2026-03-02T10:01:01.000Z",
        what:
          'wrote to the cluster as "gitops-local-argocd": roles.rbac.authorization.k8s.io 1, secrets 2 ' +
          "(3 times until 2026-03-02T10:01:03Z)",
      },
    ]);
  });

  test("the same thing once an hour, however often it comes", async () => {
    const times = ["10:00:00", "10:10:00", "10:59:59", "11:00:00"].map((time) => `2026-03-02T${time}Z`);
    const { entries } = await read(times.map((time) => event({ code: 403, time })));
    expect(entries.map(({ what }) => what)).toEqual([
      "get secrets prod/db (3 times until 2026-03-02T10:59:59Z)",
      "get secrets prod/db",
    ]);
  });
});

describe("the Kubernetes audit log keeps quiet about", () => {
  test.each([
    ["a read that is allowed", {}],
    ["what controllers write", { user: "system:serviceaccount:argocd:argocd-application-controller", verb: "update" }],
    ["what parts of the local platform write", { user: "gitops:workloads", verb: "patch" }],
    ["a write that failed", { verb: "create", code: 409 }],
    ["an earlier stage", { verb: "create", stage: "RequestReceived" }],
    [
      "a question about rights",
      { verb: "create", resource: "selfsubjectaccessreviews", group: "authorization.k8s.io" },
    ],
    ["what is not in the period", { code: 403, time: "2026-03-01T23:59:59.9Z" }],
  ])("%s", async (_, of) => {
    expect((await read([event(of)])).entries).toEqual([]);
  });
});

describe("a log", () => {
  const denied = event({ code: 403 });

  test.each([
    ["after a time, as aws logs tail prints it", `2026-03-02T10:01:00 ${JSON.stringify(denied)}`],
    ["as the message of an export", JSON.stringify({ timestamp: 1, message: JSON.stringify(denied) })],
    ["as @message of a query", JSON.stringify({ "@message": JSON.stringify(denied) })],
  ])("has events %s", async (_, line) => {
    expect((await read([line])).entries).toMatchObject([{ kind: "denied", who: "ann" }]);
  });

  test("may be packed", async () => {
    expect((await read([denied], "audit.gz")).entries).toHaveLength(1);
  });

  test("with lines that are no events is partial, and says how many", async () => {
    const { entries, sources } = await read([denied, "{", "hello", JSON.stringify({ kind: "Event" })]);
    expect(entries).toHaveLength(1);
    expect(sources).toMatchObject([{ state: "partial", problem: "3 of 4 lines are no event of audit.k8s.io" }]);
  });

  test("that is not there, or broken, has failed", async () => {
    const none = await readKubernetes([{ file: "/nowhere/audit.log" }], period);
    expect(none.sources).toMatchObject([{ state: "failed", problem: expect.stringContaining("ENOENT") }]);
    const file = join(temporaryFolder(), "audit.gz");
    writeFileSync(file, "this is no gzip");
    expect((await readKubernetes([{ file }], period)).sources).toMatchObject([{ state: "failed" }]);
  });

  test("that is rotated is read from its oldest file on, and says what is lost", async () => {
    const folder = temporaryFolder();
    const names = ["audit-2026-03-02T09-00-00.000.log", "audit-2026-03-02T10-00-00.000.log", "audit.log"];
    for (const [index, name] of names.entries()) {
      const line = JSON.stringify(event({ code: 403, name: `s${index}`, time: `2026-03-02T1${index}:00:00Z` }));
      writeFileSync(join(folder, name), `${line}\n`);
    }
    writeFileSync(join(folder, "audit-notes.log"), "not one of them\n");
    const file = join(folder, "audit.log");
    const whole = await readKubernetes([{ file, rotated: 3 }], period);
    expect(whole.entries.map(({ what }) => what)).toEqual([
      "get secrets prod/s0",
      "get secrets prod/s1",
      "get secrets prod/s2",
    ]);
    expect(whole.sources).toMatchObject([{ state: "read", read: 3 }]);
    const cut = await readKubernetes([{ file, rotated: 2 }], period);
    expect(cut.sources).toMatchObject([{ state: "partial", problem: expect.stringContaining("2026-03-02T10:00:00") }]);
  });

  test("with more lines than fit at once is read line by line", async () => {
    const file = join(temporaryFolder(), "audit.log");
    const out = createWriteStream(file);
    const line = `${JSON.stringify(event({}))}\n`;
    for (let index = 0; index < 50_000; index += 1) if (!out.write(line)) await once(out, "drain");
    out.end(`${JSON.stringify(denied)}\n`);
    await once(out, "finish");
    const { entries, sources } = await readKubernetes([{ file }], period);
    expect([entries.length, sources[0]?.read]).toEqual([1, 50_001]);
  });
});
