import type { Window } from "../../../infra/calendar/window.ts";
import type { AppProjectSpec } from "../../../infra/crds/argocd.ts";
import type { Cluster } from "../../cluster/connect.ts";
import { windowsOf } from "../../windows/of-project.ts";
import { projectsPath } from "../../windows/read.ts";

interface Project {
  readonly metadata: { readonly name: string };
  readonly spec: Pick<AppProjectSpec, "syncWindows">;
}

/** The windows of an Application, by the names of its AppProject and of itself. */
export type WindowsOf = (project: string, application: string) => readonly Window[];

/** Reads the windows of all AppProjects; where they cannot be read there are none, and the status warns already. */
export async function readWindows(cluster: Pick<Cluster, "get">): Promise<WindowsOf> {
  const list = await cluster.get<{ readonly items: readonly Project[] }>(projectsPath).catch(() => undefined);
  return (name, application) => {
    const project = list?.items.find(({ metadata }) => metadata.name === name);
    return project === undefined ? [] : windowsOf(project, application);
  };
}
