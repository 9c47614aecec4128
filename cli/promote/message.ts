import { oneLine } from "../recovery/context.ts";
import { short } from "../recovery/git.ts";
import { formatTrailers, trailerNames } from "../recovery/trailers.ts";

import type { Promoted, Promotion } from "./promotion.ts";

/** Words about a promotion, for a commit and for a pull request. */
export interface Words {
  readonly title: string;
  /** Markdown, which reads well in a commit too. */
  readonly body: string;
}

export function wordsOf({ from, to, mode, signed }: Promotion, promoted: readonly Promoted[]): Words {
  const names = promoted.map(({ application }) => application);
  const what = mode === "branch" ? "everything" : names.length <= 3 ? names.join(", ") : `${names.length} applications`;
  const sections = promoted.map(({ application, revision, images, commits }) =>
    [
      `${application}, well in ${from} with ${short(revision)}:`,
      ...images.map(
        ({ name, before, after }) =>
          `- image ${name}: ${before ?? "not set"} -> ${after} (${checked(after, signed?.by)})`,
      ),
      ...commits.map(({ id, subject, author }) => `- ${short(id)} ${oneLine(subject)} (${oneLine(author)})`),
      ...(images.length + commits.length === 0 ? ["- nothing of its own"] : []),
    ].join("\n"),
  );
  return { title: `Promote ${what} from ${from} to ${to}`, body: sections.join("\n\n") };
}

/** What was compared with the pods of the source, and what was not. */
function checked(image: string, signedBy: string | undefined): string {
  const pinned = image.includes("@sha256:")
    ? "runs there with this digest"
    : "runs there by this tag; no digest is pinned";
  return `${pinned}; ${signedBy === undefined ? "signature not looked at" : `signed by ${oneLine(signedBy)}`}`;
}

/** The message of the commit: with trailers by which the next promotion and the history find it. */
export function messageOf(promotion: Promotion, promoted: readonly Promoted[]): string {
  const { title, body } = wordsOf(promotion, promoted);
  const trailers = formatTrailers([
    ...promoted.map(({ application }) => [trailerNames.application, application] as const),
    [trailerNames.environment, promotion.to],
    [trailerNames.promotedFrom, promotion.from],
    ...promoted.map(
      ({ application, revision }) => [trailerNames.promotedRevision, `${application}@${revision}`] as const,
    ),
    [trailerNames.requestedBy, oneLine(promotion.by)],
  ]);
  return `${title}\n\n${body}\n\n${trailers}\n`;
}
