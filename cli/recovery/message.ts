import { oneLine } from "./context.ts";
import type { PersonsRequest } from "./context.ts";
import type { RecoveryEvent } from "./event.ts";
import { short } from "./git.ts";
import type { Commit } from "./history.ts";
import { formatTrailers, trailerNames } from "./trailers.ts";
import type { TrailerName } from "./trailers.ts";

const subject = ({ id, subject: text, author }: Commit): string =>
  `- ${short(id)} ${oneLine(text)} (${oneLine(author)})`;

/** Pages where a person reads on; a repository without a web page has none. */
function links({ repository, revision, link }: RecoveryEvent): string[] {
  const web = /^https?:\/\/[^@\s]+$/.test(repository) ? repository.replace(/(\.git)?\/?$/, "") : undefined;
  return [
    ...(link === undefined ? [] : [`Argo CD: ${link}`]),
    ...(web === undefined ? [] : [`Revision: ${web}/commit/${revision}`]),
  ];
}

function why(event: RecoveryEvent): string {
  const words = oneLine(event.message);
  const analysis = event.analysis === undefined ? "" : ` Flagger found: ${oneLine(event.analysis)}.`;
  const first = `Argo CD reports ${event.name} as Degraded after the sync of ${short(event.revision)}.${analysis}`;
  // Argo CD's words are about the sync, which as a rule went well.
  return words === "" || words.startsWith("successfully synced") ? first : `${first} Its words: ${words}`;
}

/** What a message of a rollback says besides the commits. */
export interface RollbackFacts {
  /** Files of others in the same commits. */
  readonly leftAlone: readonly string[];
  /** Whether the overlay says on the pod template what was taken back. */
  readonly annotated: boolean;
  /** The person who asked. Default: nobody, the platform did it by itself. */
  readonly request?: PersonsRequest | undefined;
  /** The revision whose state was brought back. Default: the commits were reverted. */
  readonly restored?: string;
}

/** The message of a rollback. */
export function rollbackMessage(event: RecoveryEvent, reverted: readonly Commit[], facts: RollbackFacts): string {
  const { application, environment, revision } = event;
  const { leftAlone, annotated, request, restored } = facts;
  const of = reverted.map(({ id }) => short(id)).join(", ");
  const subjectLine =
    request === undefined
      ? `Roll ${application} back in ${environment}, because ${of} degraded it`
      : `Roll ${application} back in ${environment}${restored === undefined ? "" : ` to ${short(restored)}`}`;
  return [
    subjectLine,
    "",
    request === undefined ? why(event) : asked(request),
    ...(reverted.length === 0 ? [] : ["", "Taken back:", ...reverted.map(subject)]),
    ...(leftAlone.length === 0
      ? []
      : ["", "Left as they are, because they are not this application's:", ...leftAlone.map((file) => `- ${file}`)]),
    ...(annotated ? [] : ["", "No kustomization to annotate: Flagger starts no new analysis by itself."]),
    ...(links(event).length === 0 ? [] : ["", ...links(event)]),
    "",
    formatTrailers([
      [trailerNames.application, application],
      [trailerNames.environment, environment],
      ...reverted.map(({ id }) => [trailerNames.revertedCommit, id] as const),
      [trailerNames.rolledBackFrom, revision],
      ...(restored === undefined ? [] : [[trailerNames.restoredRevision, restored] as const]),
      ...requestTrailers(request),
    ]),
    "",
  ].join("\n");
}

function asked({ by, reason, emergency }: PersonsRequest): string {
  const words = `Asked for by ${oneLine(by)}${emergency ? ", as an emergency" : ""}.`;
  return reason === undefined ? words : `${words} The reason: ${oneLine(reason)}`;
}

function requestTrailers(request: PersonsRequest | undefined): (readonly [TrailerName, string])[] {
  if (request === undefined) return [];
  const reason = request.reason === undefined ? [] : [[trailerNames.reason, oneLine(request.reason)] as const];
  return [
    [trailerNames.requestedBy, oneLine(request.by)],
    ...reason,
    ...(request.emergency ? [[trailerNames.emergency, oneLine(request.reason ?? "")] as const] : []),
  ];
}

/** The message of a switch of the degraded mode. */
export function degradedModeMessage(event: RecoveryEvent, flag: string, mode: "on" | "off", because: string): string {
  const { application, environment, revision } = event;
  return [
    `Turn the degraded mode of ${application} ${mode} in ${environment}`,
    "",
    mode === "on" ? why(event) : because,
    ...(links(event).length === 0 ? [] : ["", ...links(event)]),
    "",
    formatTrailers([
      [trailerNames.application, application],
      [trailerNames.environment, environment],
      [trailerNames.flag, flag],
      [trailerNames.degradedMode, mode],
      ...(mode === "on" ? ([[trailerNames.degradedFrom, revision]] as const) : []),
    ]),
    "",
  ].join("\n");
}
