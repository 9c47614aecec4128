/** A branch that a push made, moved or deleted. */
export interface Received {
  readonly branch: string;
  readonly commit: string;
  readonly deleted: boolean;
}

/**
 * Reads what git gives to a post-receive hook: a line `<old> <new> <ref>` for each updated ref (githooks(5)). Refs
 * other than branches are left out, and lines that are none are too.
 */
export function parseReceived(input: string): readonly Received[] {
  return input.split("\n").flatMap((line) => {
    const match = /^[0-9a-f]{40,64} ([0-9a-f]{40,64}) refs\/heads\/(.+)$/.exec(line);
    if (!match) return [];
    const [, commit = "", branch = ""] = match;
    return [{ branch, commit, deleted: /^0+$/.test(commit) }];
  });
}
