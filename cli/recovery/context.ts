import type { RecoveryEvent } from "./event.ts";
import { defaultLimits } from "./limits.ts";
import type { Limits } from "./limits.ts";
import { addRecord, readRecords } from "./notes.ts";
import type { DeploymentRecord } from "./notes.ts";
import { ownPaths } from "./own-paths.ts";
import type { OwnPaths } from "./own-paths.ts";
import type { Workspace } from "./workspace.ts";

/** What the handling of events needs from where it runs. */
export interface RecoveryOptions extends Workspace {
  /** Default: what limits.ts says. */
  readonly limits?: Partial<Limits>;
  /** Renders an overlay of a checkout and throws when it cannot. Default: no check before a commit. */
  readonly render?: (tree: string, overlay: string) => Promise<void>;
  /** Whether the application is Healthy at this moment. Default: what the event says. */
  readonly isHealthy?: (event: RecoveryEvent) => Promise<boolean>;
  /** Default: the clock. */
  readonly now?: () => Date;
  /** Set when a person asks for what the platform else does by itself. */
  readonly request?: PersonsRequest;
}

/** What a person says with a request; it goes into the commit and its note. */
export interface PersonsRequest {
  /** `Name <address>`. */
  readonly by: string;
  readonly reason?: string | undefined;
  /** Although a window is closed; then there is a reason. */
  readonly emergency: boolean;
}

/** One event on its way through the engine. */
export interface Context {
  readonly event: RecoveryEvent;
  readonly options: RecoveryOptions;
  readonly repository: string;
  readonly own: OwnPaths;
  readonly limits: Limits;
  readonly now: () => Date;
}

export function contextOf(event: RecoveryEvent, options: RecoveryOptions): Context {
  return {
    event,
    options,
    repository: options.repository,
    own: ownPaths(event.path),
    limits: { ...defaultLimits, ...options.limits },
    now: options.now ?? (() => new Date()),
  };
}

type Said = Pick<DeploymentRecord, "action" | "reason"> & Partial<DeploymentRecord>;

/** Writes down, at a commit, what was decided. */
export async function record({ event, options, now }: Context, commit: string, said: Said): Promise<void> {
  const { application, environment, revision } = event;
  const time = now().toISOString();
  await addRecord(options, commit, { version: 1, time, application, environment, revision, ...said });
}

/** As `record`, once an action and revision: the same report may come several times. */
export async function recordOnce(context: Context, commit: string, said: Said): Promise<boolean> {
  const { event, options } = context;
  const same = ({ action, revision, application, environment }: DeploymentRecord): boolean =>
    action === said.action &&
    revision === event.revision &&
    application === event.application &&
    environment === event.environment;
  if ((await readRecords(options, commit)).some(same)) return false;
  await record(context, commit, said);
  return true;
}

/** Text of others on one line, without control characters. */
export const oneLine = (text: string): string => text.replaceAll(/[\s\u0000-\u001f\u007f]+/g, " ").trim();
