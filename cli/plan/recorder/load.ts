import type { Host } from "../../host.ts";
import type { Judge } from "../judge.ts";
import type { Project } from "../project.ts";

import type { Recorded, RecordRequest } from "./entry.ts";

/** The exports of the recorder's bundle. */
export interface Recorder {
  readonly recordStack: (request: RecordRequest) => Promise<Recorded>;
  readonly startPack: (project: string, signal: AbortSignal) => Promise<Judge>;
  /** The default export of the project's program. */
  readonly program: unknown;
}

/** What to bundle to record a project: its program and the recorder, so that both use one Pulumi SDK. */
export function recorderBundle({ directory, entry }: Project) {
  return {
    name: "recorder",
    project: directory,
    entry: [
      'export { recordStack } from "gitops-package:cli/plan/recorder/entry.ts";',
      'export { startPack } from "gitops-package:cli/plan/recorder/pack.ts";',
      `export { default as program } from ${JSON.stringify(`gitops-project:${entry}`)};`,
    ].join("\n"),
  };
}

/** Loads the recorder of a project into this process. */
export function loadRecorder(host: Host, project: Project): Promise<Recorder> {
  return host.loadBundle<Recorder>(recorderBundle(project));
}
