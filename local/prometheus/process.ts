import { join } from "node:path";

import { keepSecretFile } from "../certificates/index.ts";
import type { Layout } from "../layout.ts";
import { httpProbe } from "../processes/index.ts";
import type { ProcessSpec } from "../processes/index.ts";

import { prometheusConfiguration } from "./configuration.ts";
import { prometheusPort, prometheusProcess } from "./ports.ts";
import { controllersDirectory, targetsDirectory } from "./targets.ts";

/** Prometheus, as `--help` of v3 documents its flags. It asks nobody but its targets, and has no access to the cluster. */
export async function prometheus(layout: Layout, binary: { readonly path: string }): Promise<ProcessSpec> {
  const port = await prometheusPort(layout);
  const configuration = join(layout.prometheus, "prometheus.yml");
  const folders = { pods: targetsDirectory(layout), controllers: controllersDirectory(layout) };
  await keepSecretFile(configuration, prometheusConfiguration(folders));
  return {
    name: prometheusProcess,
    command: binary.path,
    args: [
      `--config.file=${configuration}`,
      `--storage.tsdb.path=${join(layout.prometheus, "data")}`,
      // Whatever comes first. An analysis looks back some minutes, a person some hours.
      "--storage.tsdb.retention.time=12h",
      "--storage.tsdb.retention.size=256MB",
      `--web.listen-address=127.0.0.1:${port}`,
      "--log.level=warn",
    ],
    env: { GOGC: "50", GOMEMLIMIT: "150MiB" },
    files: [configuration],
    ports: { http: port },
    ready: httpProbe(`http://127.0.0.1:${port}/-/ready`),
  };
}
