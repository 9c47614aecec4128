import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";

import { layout } from "../../../local/layout.ts";
import type { Layout } from "../../../local/layout.ts";
import { httpProbe, listProcesses, stopProcess } from "../../../local/processes/index.ts";
import type { ProcessSpec } from "../../../local/processes/index.ts";

/** A platform directory of its own for a test. */
export async function temporaryLayout(): Promise<Layout> {
  return layout(await mkdtemp(join(tmpdir(), "gitops-processes-")));
}

/** Stops what the test started there, by its records, and removes the directory. */
export async function removeLayout(paths: Layout): Promise<void> {
  for (const { name } of await listProcesses(paths)) await stopProcess(paths, name);
  await rm(paths.directory, { recursive: true, force: true });
}

/** A real server in a real process: answers 200 on its port with a JSON text of its environment. */
export function serverSpec(
  port: number,
  changes: Partial<ProcessSpec> & { readonly before?: string } = {},
): ProcessSpec {
  const { before = "", ...rest } = changes;
  const program = `${before};
    require("node:http").createServer((_, response) => response.end(JSON.stringify(process.env)))
      .listen(${port}, "127.0.0.1", () => console.log("listening"));`;
  return {
    name: "server",
    command: process.execPath,
    args: ["-e", program],
    ports: { http: port },
    ready: httpProbe(`http://127.0.0.1:${port}/`),
    readyTimeoutSeconds: 30,
    ...rest,
  };
}
