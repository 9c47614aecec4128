/** A commit message taken apart. */
export interface MessageParts {
  readonly subject: string;
  /** Without the trailers and without the line that `git revert` writes. */
  readonly body: string;
  /** Names in lower case. */
  readonly trailers: Readonly<Record<string, string>>;
  /** `git revert` made it. */
  readonly reverts: boolean;
}

const trailerLine = /^(BREAKING[ -]CHANGE|[A-Za-z][A-Za-z0-9-]*): (.+)$/;

/** Trailers are the last paragraph when all of its lines are `Name: value` (git-interpret-trailers). */
export function partsOf(message: string): MessageParts {
  const [subject = "", ...rest] = message.trim().split("\n");
  const paragraphs = rest
    .join("\n")
    .trim()
    .split(/\n\s*\n/);
  const last = (paragraphs.at(-1) ?? "").split("\n");
  const pairs = last.map((line) => trailerLine.exec(line));
  const isTrailers = last[0] !== "" && pairs.every((pair) => pair !== null);
  const body = (isTrailers ? paragraphs.slice(0, -1) : paragraphs).join("\n\n");
  return {
    subject: subject.trim(),
    body: body.replace(/^This reverts commit [0-9a-f]{7,64}\b.*$/gm, "").trim(),
    trailers: isTrailers
      ? Object.fromEntries(pairs.map((pair) => [pair?.[1]?.toLowerCase().replace(" ", "-") ?? "", pair?.[2] ?? ""]))
      : {},
    reverts: /^This reverts commit [0-9a-f]{7,64}\b/m.test(message),
  };
}
