/** Names of the trailers by which the platform knows its own commits (git-interpret-trailers(1)). */
export const trailerNames = {
  rolledBackFrom: "Rolled-back-from",
  revertedCommit: "Reverted-commit",
  degradedMode: "Degraded-mode",
  degradedFrom: "Degraded-from",
  flag: "Flag",
  /** A person asked for it, and why. */
  requestedBy: "Requested-by",
  reason: "Reason",
  /** Why it had to be although a window was closed. */
  emergency: "Emergency",
  /** The revision whose state was brought back. */
  restoredRevision: "Restored-revision",
  /** Environment and commit that a promotion took its state from. */
  promotedFrom: "Promoted-from",
  promotedRevision: "Promoted-revision",
  /** Of an approval: the person, the commit, and what waited (`sync` or `promotion`). */
  approvedBy: "Approved-by",
  approvedRevision: "Approved-revision",
  approvedFor: "Approved-for",
  /** What `gitops review` said of it. */
  review: "Review",
  /** What a freeze, or its end, is about. */
  frozenEnvironment: "Frozen-environment",
  frozenUntil: "Frozen-until",
  application: "Application",
  environment: "Environment",
} as const;

export type TrailerName = (typeof trailerNames)[keyof typeof trailerNames];

/** The trailers of a commit, by name; a name may come several times. */
export type Trailers = ReadonlyMap<string, readonly string[]>;

/** Reads the lines that `%(trailers:only,unfold)` prints. */
export function parseTrailers(text: string): Trailers {
  const trailers = new Map<string, string[]>();
  for (const line of text.split("\n")) {
    const match = /^([A-Za-z0-9-]+): *(.*)$/.exec(line);
    if (match === null) continue;
    const [, name = "", value = ""] = match;
    trailers.set(name, [...(trailers.get(name) ?? []), value]);
  }
  return trailers;
}

/** The last paragraph of a message. */
export function formatTrailers(lines: readonly (readonly [name: TrailerName, value: string])[]): string {
  return lines.map(([name, value]) => `${name}: ${value}`).join("\n");
}

/** Whether a commit of the platform is about that application in that environment. */
export function concerns(
  trailers: Trailers,
  of: { readonly application: string; readonly environment: string },
): boolean {
  return (
    trailers.get(trailerNames.application)?.includes(of.application) === true &&
    trailers.get(trailerNames.environment)?.includes(of.environment) === true
  );
}
