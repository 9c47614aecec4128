import { once } from "node:events";
import { join } from "node:path";
import { createInterface } from "node:readline";

import { execa } from "execa";

import { projectDirectory } from "../../local/layout.ts";

/** `gitops dashboard`, as a person runs it. */
export interface DashboardCommand {
  /** For one browser. */
  readonly url: string;
  /** Ends it, as Ctrl-C does. */
  readonly stop: () => Promise<void>;
}

/**
 * Starts it on a free port and waits until it serves.
 * @param options besides `--port` and `--json`
 * @throws what it wrote to standard error, when it ends instead
 */
export async function startDashboard(
  options: readonly string[],
  env: Readonly<Record<string, string>> = {},
): Promise<DashboardCommand> {
  const launcher = join(projectDirectory, "cli", "bin", "gitops.mjs");
  const child = execa(process.execPath, [launcher, "dashboard", "--port=0", "--json", ...options], {
    env: { NODE_OPTIONS: "", ...env },
    reject: false,
    stdin: "ignore",
  });
  const first = once(createInterface({ input: child.stdout }), "line") as Promise<[string]>;
  const line = await Promise.race([first.then(([text]) => text), child.then(({ stderr }) => new Error(stderr))]);
  if (line instanceof Error) throw line;
  const { url } = JSON.parse(line) as { readonly url: string };
  return {
    url,
    stop: async () => {
      child.kill("SIGINT");
      await child;
    },
  };
}
