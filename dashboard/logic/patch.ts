/** One line of a unified diff. */
export interface PatchLine {
  readonly kind: "added" | "removed" | "hunk" | "same";
  readonly text: string;
  /** Line numbers before and after; null where the line is not there. */
  readonly before: number | null;
  readonly after: number | null;
}

/**
 * The lines of a unified diff. What stands before the first `@@` (names and modes of the file) is left out: the page says
 * it in the heading.
 * @param patch of one file
 */
export function patchLines(patch: string): readonly PatchLine[] {
  const lines: PatchLine[] = [];
  let [before, after, inside] = [0, 0, false];
  for (const text of patch.replace(/\n$/, "").split("\n")) {
    const hunk = /^@@ -(\d+)(?:,\d+)? \+(\d+)(?:,\d+)? @@/.exec(text);
    if (hunk !== null) {
      [before, after, inside] = [Number(hunk[1]), Number(hunk[2]), true];
      lines.push({ kind: "hunk", text, before: null, after: null });
    } else if (!inside) continue;
    else if (text.startsWith("+")) lines.push({ kind: "added", text, before: null, after: after++ });
    else if (text.startsWith("-")) lines.push({ kind: "removed", text, before: before++, after: null });
    // `\ No newline at end of file` counts no line.
    else if (text.startsWith("\\")) lines.push({ kind: "hunk", text, before: null, after: null });
    else lines.push({ kind: "same", text, before: before++, after: after++ });
  }
  return lines;
}

/** A diff of several files, as `git diff` prints it, in its files. */
export function filesOfDiff(difference: string): readonly { readonly path: string; readonly patch: string }[] {
  return difference
    .split(/^(?=diff --git )/m)
    .filter((part) => part.startsWith("diff --git "))
    .map((part) => ({ path: /^diff --git a\/.* b\/(.*)$/m.exec(part)?.[1] ?? "", patch: part }));
}
