import type { Palette } from "../../plan/output/palette.ts";
import type { VerifyDocument } from "../verify/model.ts";

/** For people: each check with its counts, then each break. */
export function verifiedText({ checks, breaks, heads, warnings }: VerifyDocument, colours: Palette): string {
  const lines = checks.map(({ name, counts, breaks: found }) => {
    const mark = found.length === 0 ? colours.green("ok    ") : colours.red("BROKEN");
    return `${mark}  ${name}: ${counts.join(", ")}`;
  });
  const broken = breaks.flatMap(({ check, where, expected, found }) => [
    colours.red(`${check}: ${where}`),
    `  expected: ${expected}`,
    `  found:    ${found}`,
  ]);
  const keep = Object.entries(heads).map(([name, commit]) => `--expect ${name}=${commit}`);
  const last =
    breaks.length > 0
      ? [`${breaks.length} ${breaks.length === 1 ? "break" : "breaks"}: the trail is not what was written`]
      : keep.length === 0
        ? []
        : ["Keep this outside of the repository, for the next time:", `  ${keep.join(" ")}`];
  return [...lines, ...broken, ...last, ...warnings.map((text) => colours.yellow(`warning: ${text}`))].join("\n");
}
