import { mkdtemp, readFile, readdir, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";

import { describe, expect, test } from "@jest/globals";

import { relabel } from "../../../local/workloads/metrics/relabel.ts";
import { TargetFile, targetOf } from "../../../local/workloads/metrics/targets.ts";

import { pod } from "./objects.ts";

describe("the target of a pod", () => {
  test("has the labels that Flagger's and KEDA's queries ask for in a cluster, and the loopback address", () => {
    expect(targetOf(pod("app-1", { app: "app" }), 10123)).toEqual({
      targets: ["127.0.0.1:10123"],
      labels: {
        kubernetes_namespace: "dev",
        kubernetes_pod_name: "app-1",
        namespace: "dev",
        pod: "app-1",
        app: "app",
        __metrics_path__: "/metrics",
      },
    });
  });

  test("is none for a pod that does not ask to be scraped", () => {
    const quiet = { ...pod("app-1"), metadata: { ...pod("app-1").metadata, annotations: {} } };
    expect(targetOf(quiet, 10123)).toBeUndefined();
  });
});

describe("relabelling", () => {
  test("joins, matches as a whole, replaces groups and removes what becomes empty", () => {
    const rules = [
      { source_labels: ["a", "b"], regex: "(x+);(\\d+)", replacement: "$2:${1}", target_label: "joined" },
      { source_labels: ["a"], regex: "x", replacement: "never", target_label: "partial" },
      { source_labels: ["missing"], target_label: "a" },
    ];
    expect(relabel({ a: "xx", b: "7" }, rules)).toEqual({ b: "7", joined: "7:xx" });
  });

  test("keeps and drops", () => {
    expect(relabel({ a: "1" }, [{ source_labels: ["a"], action: "keep", regex: "2" }])).toBeUndefined();
    expect(relabel({ a: "1" }, [{ source_labels: ["a"], action: "drop", regex: "1|2" }])).toBeUndefined();
    expect(relabel({ a: "1" }, [{ source_labels: ["a"], action: "drop", regex: "2" }])).toEqual({ a: "1" });
  });
});

describe("the file of targets", () => {
  test("holds the last targets of many writes, and nothing else is left beside it", async () => {
    const directory = await mkdtemp(join(tmpdir(), "gitops-targets-"));
    try {
      const file = new TargetFile(join(directory, "targets"));
      const group = (port: number) => [{ targets: [`127.0.0.1:${port}`], labels: { pod: `p${port}` } }];
      await Promise.all([1, 2, 3].map((port) => file.write(group(port))));
      expect(JSON.parse(await readFile(join(directory, "targets", "pods.json"), "utf8"))).toEqual(group(3));
      expect(await readdir(join(directory, "targets"))).toEqual(["pods.json"]);
    } finally {
      await rm(directory, { recursive: true, force: true });
    }
  });
});
