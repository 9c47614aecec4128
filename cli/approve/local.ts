import { layout } from "../../local/layout.ts";
import { listProcesses } from "../../local/processes/index.ts";
import { UsageError } from "../errors.ts";

/** How the platform of this machine is reached. */
export interface LocalPlatform {
  readonly kubeconfig: string;
  /** Where its load tester answers. */
  readonly gates: string;
}

/**
 * Finds the running platform.
 * @param directory `true` for the project's own
 * @throws UsageError when its load tester does not run
 */
export async function localPlatform(directory: true | string): Promise<LocalPlatform> {
  const platform = directory === true ? layout() : layout(directory);
  const found = (await listProcesses(platform)).find(({ name, alive }) => name === "flagger-loadtester" && alive);
  const port = Object.values(found?.ports ?? {})[0];
  if (port === undefined) {
    throw new UsageError(`--local "${platform.directory}": flagger-loadtester does not run; npm start starts it`);
  }
  return { kubeconfig: platform.kubeconfig, gates: `http://127.0.0.1:${port}` };
}
