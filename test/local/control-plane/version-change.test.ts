import { mkdir, mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";

import { afterEach, beforeEach, describe, expect, test } from "@jest/globals";

import { plannedVersionChange, rememberVersion } from "../../../local/control-plane/version-change.ts";
import { layout } from "../../../local/layout.ts";
import type { Layout } from "../../../local/layout.ts";
import { choosePorts } from "../../../local/processes/index.ts";
import { kubernetesTools } from "../../../local/tools/kubernetes-versions.ts";

let paths: Layout;
beforeEach(async () => {
  paths = layout(await mkdtemp(join(tmpdir(), "version-change-")));
});
afterEach(() => rm(paths.directory, { recursive: true }));

const [newest, previous] = kubernetesTools();

describe("the Kubernetes version of a platform", () => {
  test("is free to choose while there is no data", async () => {
    for (const tool of kubernetesTools()) {
      expect(await plannedVersionChange(paths, tool.version)).toEqual({ kind: "first", to: tool.version });
    }
  });

  test("is remembered beside the ports: the same starts again, the next minor upgrades", async () => {
    const ports = await choosePorts(paths, "etcd", ["client"]);
    await rememberVersion(paths, "v1.35.4");
    expect(await plannedVersionChange(paths, "v1.35.9")).toEqual({ kind: "same", to: "v1.35.9" });
    expect(await plannedVersionChange(paths, "v1.36.3")).toEqual({ kind: "upgrade", from: "v1.35.4", to: "v1.36.3" });
    expect(await choosePorts(paths, "etcd", ["client"])).toEqual(ports);
  });

  test("never goes down, and says what can be done", async () => {
    await rememberVersion(paths, "v1.36.3");
    await expect(plannedVersionChange(paths, "v1.35.4")).rejects.toThrow(
      /ran Kubernetes v1\.36\.3: v1\.35\.4 cannot go on with its data.*start with v1\.36.*npm stop -- --purge/,
    );
  });

  test("skips no minor", async () => {
    await rememberVersion(paths, "v1.34.1");
    await expect(plannedVersionChange(paths, "v1.36.3")).rejects.toThrow("v1.36.3 skips v1.35");
  });

  test("of data that is older than this choice is the newest", async () => {
    await mkdir(paths.etcd, { recursive: true });
    expect(await plannedVersionChange(paths, newest.version)).toMatchObject({ kind: "same" });
    await expect(plannedVersionChange(paths, previous?.version ?? "")).rejects.toThrow("cannot go on with its data");
  });
});
