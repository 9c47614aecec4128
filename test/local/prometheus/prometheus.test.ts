import { mkdtemp, readFile, readdir, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";

import { afterEach, beforeEach, describe, expect, test } from "@jest/globals";
import { parse } from "yaml";

import { prometheusName } from "../../../infra/controllers/prometheus-values.ts";
import { prometheusAddress } from "../../../infra/controllers/prometheus.ts";
import { scrapeJobs } from "../../../infra/controllers/scrape-jobs.ts";
import { layout, prepareLayout } from "../../../local/layout.ts";
import type { Layout } from "../../../local/layout.ts";
import { prometheusConfiguration } from "../../../local/prometheus/configuration.ts";
import {
  prometheusNamespace,
  prometheusService,
  prometheusUrl,
  targetsDirectory,
} from "../../../local/prometheus/index.ts";
import { prometheus } from "../../../local/prometheus/process.ts";
import { controllersDirectory, writeControllerTargets } from "../../../local/prometheus/targets.ts";

let paths: Layout;
beforeEach(async () => {
  paths = layout(await mkdtemp(join(tmpdir(), "gitops-prometheus-")));
  await prepareLayout(paths);
});
afterEach(() => rm(paths.directory, { recursive: true, force: true }));

interface Job {
  readonly job_name: string;
  readonly honor_labels: boolean;
  readonly file_sd_configs: readonly { readonly files: readonly string[] }[];
}

describe("the configuration of the local Prometheus", () => {
  test("has the job, the intervals and the distrust of labels that a cluster has", () => {
    const { global, scrape_configs: jobs } = parse(prometheusConfiguration({ pods: "/p", controllers: "/c" })) as {
      global: Record<string, string>;
      scrape_configs: readonly Job[];
    };
    const inCluster = scrapeJobs["platform-pods"];
    expect(global["scrape_interval"]).toBe(inCluster?.["scrape_interval"]);
    expect(global["scrape_timeout"]).toBe(inCluster?.["scrape_timeout"]);
    expect(jobs.map((job) => [job.job_name, job.honor_labels, job.file_sd_configs[0]?.files])).toEqual([
      ["platform-pods", false, ["/p/*.json"]],
      ["platform-controllers", false, ["/c/*.json"]],
    ]);
  });

  test("is known under the name that what is in Git uses", () => {
    expect(prometheusService).toBe(prometheusName);
    expect(`http://${prometheusService}.${prometheusNamespace}.svc`).toBe(prometheusAddress);
  });
});

describe("the process", () => {
  test("listens on loopback alone, keeps its data in the platform's folder, and bounds it", async () => {
    const { args } = await prometheus(paths, { path: "/tools/prometheus" });
    expect(`http://${option(args, "--web.listen-address")}`).toBe(await prometheusUrl(paths));
    expect(option(args, "--web.listen-address")).toMatch(/^127\.0\.0\.1:\d+$/);
    expect(option(args, "--storage.tsdb.path").startsWith(`${paths.directory}/`)).toBe(true);
    expect(option(args, "--storage.tsdb.retention.size")).toMatch(/^\d+MB$/);
    expect(option(args, "--storage.tsdb.retention.time")).toMatch(/^\d+h$/);
  });

  test("is the same when asked for again, so that a second start keeps it", async () => {
    const [first, second] = [
      await prometheus(paths, { path: "/tools/prometheus" }),
      await prometheus(paths, { path: "/tools/prometheus" }),
    ];
    expect({ ...second, ready: undefined }).toEqual({ ...first, ready: undefined });
  });
});

test("controllers are scraped on the ports that are chosen for them, under a namespace and a name", async () => {
  await writeControllerTargets(paths, [
    { namespace: "one", process: "first", use: "metrics" },
    { namespace: "two", process: "second", use: "http" },
  ]);
  const { ports } = JSON.parse(await readFile(paths.state, "utf8")) as { ports: Record<string, number> };
  const written = JSON.parse(await readFile(join(controllersDirectory(paths), "controllers.json"), "utf8")) as unknown;
  const labels = (namespace: string, app: string): object => ({ kubernetes_namespace: namespace, namespace, app });
  expect(written).toEqual([
    { targets: [`127.0.0.1:${ports["first.metrics"]}`], labels: labels("one", "first") },
    { targets: [`127.0.0.1:${ports["second.http"]}`], labels: labels("two", "second") },
  ]);
  // Prometheus watches folders that exist.
  expect(await readdir(targetsDirectory(paths))).toEqual([]);
});

function option(args: readonly string[], name: string): string {
  return args.find((arg) => arg.startsWith(`${name}=`))?.slice(name.length + 1) ?? "";
}
