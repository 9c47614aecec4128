import { oneLine } from "../recovery/context.ts";
import { formatTrailers, trailerNames } from "../recovery/trailers.ts";
import type { Comment } from "../review/assessment.ts";
import { escape, reviewMarkdown } from "../review/output/markdown.ts";
import { plain } from "../review/output/plain.ts";

import type { Review } from "./review.ts";

/** Comments that a commit lists; a pull request has them all. */
const listed = 20;

/** One line: for a trailer, a note and a terminal. */
export function verdictOf(review: Review): string {
  if (!("assessment" in review)) return oneLine(`${review.outcome}: ${review.reason}`);
  const { risk, band, rejections } = review.assessment;
  const why = rejections.length === 0 ? "" : `: ${rejections.join("; ")}`;
  return oneLine(`${review.outcome}, risk ${risk.toFixed(2)} (${band})${why}`);
}

/** Under the verdict, what an author should look at. */
export function remarksOf(review: Review): readonly string[] {
  if (!("assessment" in review)) return [];
  const comments = review.assessment.comments.filter(({ level }) => level !== "note");
  const rest = comments.length - listed;
  return [...comments.slice(0, listed).map(remark), ...(rest > 0 ? [`- and ${rest} more`] : [])];
}

const remark = ({ level, rule, message, file }: Comment): string =>
  oneLine(`- ${level} ${rule}${file === undefined ? "" : ` (${file})`}: ${plain(message)}`);

/** A message of a commit with the verdict: a section before its trailers, and a trailer. */
export function withReview(message: string, review: Review): string {
  const end = message.trimEnd().lastIndexOf("\n\n");
  const section = [`Review: ${verdictOf(review)}`, ...remarksOf(review)].join("\n");
  const trailer = formatTrailers([[trailerNames.review, verdictOf(review)]]);
  return `${message.slice(0, end)}\n\n${section}\n\n${message.slice(end).trim()}\n${trailer}\n`;
}

/** Markdown for a pull request. */
export function reviewSection(review: Review): string {
  if ("assessment" in review) return reviewMarkdown(review.assessment).trimEnd();
  return `### Review ${review.outcome}\n\n${escape(review.reason)}`;
}

/** For `--json`. */
export function reviewDocument(review: Review | undefined): object | null {
  if (review === undefined) return null;
  if (!("assessment" in review)) return { ...review };
  const { risk, band, rejections, comments } = review.assessment;
  return { outcome: review.outcome, risk, band, rejections, comments };
}
