import { windowMessage } from "../../cli/windows/message.ts";
import { readProjectWindows } from "../../cli/windows/read.ts";
import type { RestClient } from "../kubernetes/rest-client.ts";

/**
 * Why Argo CD does not sync an Application by itself now, with the next opening; undefined when no window holds it up.
 * @param project name of its AppProject
 * @param name of the Application
 */
export type HeldByWindows = (project: string, name: string) => string | undefined;

/** Reads the sync windows of all AppProjects once; which of them hold is judged at each call, on the clock of then. */
export async function readHeldByWindows(client: Pick<RestClient, "get">): Promise<HeldByWindows> {
  const windows = await readProjectWindows({ get: (path) => client.get(path) });
  if (windows.warning !== undefined) throw new Error(`the sync windows could not be read: ${windows.warning}`);
  return (project, name) => {
    const now = new Date();
    const state = windows.stateOf(project, name, now);
    return state === undefined || state.automatic ? undefined : windowMessage(state, now);
  };
}
