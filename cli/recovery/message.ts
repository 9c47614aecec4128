import { oneLine } from "./context.ts";
import type { RecoveryEvent } from "./event.ts";
import { short } from "./git.ts";
import type { Commit } from "./history.ts";
import { formatTrailers, trailerNames } from "./trailers.ts";

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
  const first = `Argo CD reports ${event.name} as Degraded after the sync of ${short(event.revision)}.`;
  // Argo CD's words are about the sync, which as a rule went well.
  return words === "" || words.startsWith("successfully synced") ? first : `${first} Its words: ${words}`;
}

/** The message of a rollback. */
export function rollbackMessage(
  event: RecoveryEvent,
  reverted: readonly Commit[],
  leftAlone: readonly string[],
  annotated: boolean,
): string {
  const { application, environment, revision } = event;
  const of = reverted.map(({ id }) => short(id)).join(", ");
  return [
    `Roll ${application} back in ${environment}, because ${of} degraded it`,
    "",
    why(event),
    "",
    "Taken back:",
    ...reverted.map(subject),
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
    ]),
    "",
  ].join("\n");
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
