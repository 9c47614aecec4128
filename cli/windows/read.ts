import type { WindowState } from "../../infra/calendar/window-state.ts";
import { windowState } from "../../infra/calendar/window-state.ts";
import type { Window } from "../../infra/calendar/window.ts";
import { argocdApiVersion, argocdNamespace } from "../../infra/crds/argocd.ts";
import type { AppProjectSpec } from "../../infra/crds/argocd.ts";
import type { Cluster } from "../cluster/connect.ts";

import { windowsOf } from "./of-project.ts";

/** Where the API server has the AppProjects. */
export const projectsPath = `/apis/${argocdApiVersion}/namespaces/${argocdNamespace}/appprojects`;

interface Project {
  readonly metadata: { readonly name: string };
  readonly spec: Pick<AppProjectSpec, "syncWindows">;
}

/** The windows of all AppProjects of a cluster. */
export interface ProjectWindows {
  /**
   * What the windows of an Application permit; undefined where none holds for it.
   * @param project name of its AppProject
   * @param application name of the Application
   */
  readonly stateOf: (project: string, application: string, now: Date) => WindowState | undefined;
  /** Why the windows are not known; undefined when they are. */
  readonly warning: string | undefined;
}

/** Reads the windows. What the cluster refuses is a warning: all else can still be said. */
export async function readProjectWindows(cluster: Pick<Cluster, "get">): Promise<ProjectWindows> {
  let projects: readonly Project[] = [];
  let warning: string | undefined;
  try {
    projects = (await cluster.get<{ readonly items: readonly Project[] }>(projectsPath))?.items ?? [];
  } catch (error) {
    warning = error instanceof Error ? error.message : String(error);
  }
  const known = new Map(projects.map((project) => [project.metadata.name, project]));
  return {
    warning,
    stateOf: (name, application, now) => {
      const project = known.get(name);
      const windows: readonly Window[] = project === undefined ? [] : windowsOf(project, application);
      return windows.length === 0 ? undefined : windowState(windows, now);
    },
  };
}
