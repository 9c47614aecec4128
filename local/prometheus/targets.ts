import { mkdir } from "node:fs/promises";
import { join } from "node:path";

import { writeSecretFile } from "../certificates/index.ts";
import type { Layout } from "../layout.ts";
import { choosePorts } from "../processes/index.ts";

/** An entry of a file for Prometheus' file-based discovery. */
export interface TargetGroup {
  /** `127.0.0.1:<port>` */
  readonly targets: readonly string[];
  readonly labels: Readonly<Record<string, string>>;
}

/**
 * The folder whose `*.json` files name the pods to scrape, as a list of `TargetGroup`; a change is seen at once.
 *
 * Write a file beside, with another ending, and rename it: Prometheus may read at any moment. The labels are those that
 * infra/controllers/scrape-jobs.ts gives in a cluster.
 */
export function targetsDirectory(layout: Layout): string {
  return join(layout.prometheus, "targets");
}

/** As `targetsDirectory`, for the platform's own processes. */
export function controllersDirectory(layout: Layout): string {
  return join(layout.prometheus, "controllers");
}

/** A process of the platform that serves metrics over plain HTTP on `/metrics`. */
export interface ControllerTarget {
  readonly namespace: string;
  /** Its name, and the name under which its ports are chosen. */
  readonly process: string;
  /** What the port is chosen for. */
  readonly use: string;
}

/** Makes both folders and writes which controllers are scraped; they need not run yet. */
export async function writeControllerTargets(layout: Layout, controllers: readonly ControllerTarget[]): Promise<void> {
  const groups: TargetGroup[] = [];
  for (const { namespace, process, use } of controllers) {
    const port = (await choosePorts(layout, process, [use]))[use];
    groups.push({
      targets: [`127.0.0.1:${port}`],
      labels: { kubernetes_namespace: namespace, namespace, app: process },
    });
  }
  await mkdir(targetsDirectory(layout), { recursive: true, mode: 0o700 });
  await writeSecretFile(join(controllersDirectory(layout), "controllers.json"), JSON.stringify(groups, undefined, 2));
}
