import { z } from "zod";

import { UsageError } from "../errors.ts";

/** Argo CD's template leaves out what an Application lacks by an empty text. */
const optional = <T extends z.ZodType>(schema: T) =>
  z.preprocess((value) => (value === "" || value === null ? undefined : value), schema.optional());

const commit = z.string().regex(/^([0-9a-f]{40}|[0-9a-f]{64})$/, "is no full commit id");
const name = z.string().regex(/^[a-z0-9]([-a-z0-9.]*[a-z0-9])?$/, "is no Kubernetes name");
/** As in git-check-ref-format(1); never one that git would take for an option. */
const branch = z
  .string()
  .regex(/^(?![-./])(?!.*(\.\.|\/\/|@\{|\.lock$|[./]$))[^\s~^:?*[\\\u0000-\u001f\u007f]+$/, "is no branch");
/** Relative, inside the repository, and of characters that need no quoting in a pathspec. */
const path = z.string().regex(/^(?![-/])(?!.*(^|\/)\.\.?(\/|$))[\w./-]+$/, "is no folder of the repository");
const time = z.iso.datetime({ offset: true });

/** The fields of an event; see docs/rollback.md. */
export const eventSchema = z.object({
  version: z.literal(1),
  /** `synced`: the sync of `revision` has ended. `degraded` or `healthy`: what the Application became after it. */
  kind: z.enum(["synced", "degraded", "healthy"]),
  /** Name of the Application object. */
  name,
  /** Folder under `apps/`. */
  application: name,
  environment: name,
  project: optional(z.string()),
  repository: z.string().min(1),
  branch,
  /** The overlay. */
  path,
  /** Commit that was synced. */
  revision: commit,
  /** Default `notify`: an Application that says nothing is left to people. */
  onFailure: optional(z.enum(["rollback", "degrade", "notify"])).transform((value) => value ?? "notify"),
  /** Flag that `degrade` turns on. */
  degradeFlag: optional(z.string().regex(/^[A-Za-z0-9_-][A-Za-z0-9_.-]*$/, "is no name of a flag")),
  /** Argo CD's words about the last operation and its conditions. */
  message: optional(z.string().max(4000)).transform((value) => value ?? ""),
  /** What the analysis of the release found, with its numbers. Argo CD does not know it. */
  analysis: optional(z.string().max(500)),
  /** When the sync of `revision` began and ended. */
  startedAt: optional(time),
  finishedAt: optional(time),
  /** How the sync ended; with `synced` alone. */
  phase: optional(z.enum(["Succeeded", "Failed", "Error"])),
  /** Account of Argo CD that asked for the sync, and whether Argo CD did so by itself. */
  initiatedBy: optional(z.string().max(300)),
  automated: optional(z.boolean()),
  /** When the health became what it is. */
  since: optional(time),
  /**
   * Commits that were synced before and now, oldest first: `status.history` of the Application. Absent from an event
   * that somebody wrote by hand: then the newest commit of the application counts as what was deployed.
   */
  deployed: z
    .array(z.string())
    .nullish()
    .transform((list) => list?.filter((entry) => commit.safeParse(entry).success)),
  /** Page of the Application. */
  link: optional(z.string().max(500)),
});

/** What Argo CD reports of one Application on one revision. */
export type RecoveryEvent = Readonly<z.output<typeof eventSchema>>;

/** The body that GitHub's `repository_dispatch` takes, which the local receiver gets as well. */
const envelope = z.object({ client_payload: z.object({ event: z.unknown() }) });

/**
 * Reads an event: itself, the body of a `repository_dispatch` request, or the payload of its workflow.
 * @throws UsageError that names every field that is wrong
 */
export function parseEvent(value: unknown): RecoveryEvent {
  const wrapped = envelope.safeParse(value);
  const bare = z.object({ event: z.record(z.string(), z.unknown()) }).safeParse(value);
  const content = wrapped.success ? wrapped.data.client_payload.event : bare.success ? bare.data.event : value;
  const parsed = eventSchema.safeParse(content);
  if (parsed.success) return parsed.data;
  const problems = parsed.error.issues.map((issue) => `${issue.path.join(".") || "event"}: ${issue.message}`);
  throw new UsageError(`event: ${problems.join("; ")}; expected is what docs/rollback.md describes`);
}

/** The same for two reports of one fact. */
export function eventId({ kind, name: application, revision, startedAt }: RecoveryEvent): string {
  const id = `${application}-${kind}-${revision}`;
  // A revision may be synced more than once, for example after a drift.
  return kind === "synced" ? `${id}-${Date.parse(startedAt ?? "")}` : id;
}
