import { mkdir, rename, writeFile } from "node:fs/promises";
import { join } from "node:path";

import { scrapeJobs } from "../../../infra/controllers/scrape-jobs.ts";
import type { TargetGroup } from "../../prometheus/index.ts";
import type { Pod } from "../cluster/objects.ts";

import { relabel } from "./relabel.ts";
import type { RelabelRule } from "./relabel.ts";

/** The job that scrapes pods in a cluster; its rules decide here too, so that queries in Git read the same. */
const rules = (scrapeJobs["platform-pods"]?.["relabel_configs"] ?? []) as readonly RelabelRule[];

/** Characters that a label's name cannot have become "_" (strutil.SanitizeLabelName of Prometheus). */
const sanitize = (name: string): string => name.replaceAll(/[^a-zA-Z0-9_]/g, "_");

/**
 * The target of a pod whose program listens on that loopback port, with the labels that the pod has in a cluster.
 *
 * @returns undefined when the pod is not to be scraped
 */
export function targetOf(pod: Pod, port: number): TargetGroup | undefined {
  const { namespace, name, labels = {}, annotations = {} } = pod.metadata;
  // discovery/kubernetes/pod.go of Prometheus.
  const found = {
    __meta_kubernetes_namespace: namespace,
    __meta_kubernetes_pod_name: name,
    // Only pods with a process get here.
    __meta_kubernetes_pod_phase: "Running",
    __meta_kubernetes_pod_ip: pod.status?.podIP ?? "",
    ...prefixed("__meta_kubernetes_pod_label_", labels),
    ...prefixed("__meta_kubernetes_pod_annotation_", annotations),
  };
  const relabelled = relabel(found, rules);
  if (relabelled === undefined) return undefined;
  // `__address__` is the pod's address, which nobody listens on here; other labels of this kind say how to scrape.
  const kept = Object.entries(relabelled).filter(([key]) => !key.startsWith("__meta_") && key !== "__address__");
  return { targets: [`127.0.0.1:${port}`], labels: Object.fromEntries(kept) };
}

function prefixed(prefix: string, values: Readonly<Record<string, string>>): Record<string, string> {
  return Object.fromEntries(Object.entries(values).map(([key, value]) => [prefix + sanitize(key), value]));
}

/** Writes the targets for Prometheus' file-based discovery; the file is replaced as a whole, and only when it changes. */
export class TargetFile {
  private written = "";
  private queue: Promise<void> = Promise.resolve();

  constructor(private readonly directory: string) {}

  write(targets: readonly TargetGroup[]): Promise<void> {
    const text = `${JSON.stringify(targets, undefined, 2)}\n`;
    const next = this.queue.then(async () => {
      if (text === this.written) return;
      const file = join(this.directory, "pods.json");
      await mkdir(this.directory, { recursive: true, mode: 0o700 });
      await writeFile(`${file}.new`, text, { mode: 0o600 });
      await rename(`${file}.new`, file);
      this.written = text;
    });
    this.queue = next.catch((error: unknown) => console.error(`${this.directory}: ${String(error)}`));
    return next;
  }
}
