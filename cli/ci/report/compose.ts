import { cut } from "./cut.ts";
import { disarm } from "./disarm.ts";
import type { Part } from "./read-parts.ts";

/** A job of the run, as the API reports it: true whatever the code of a pull request claims. */
export interface JobResult {
  readonly name: string;
  /** success, failure, cancelled, skipped... */
  readonly conclusion: string;
  readonly url: string;
}

export interface Report {
  readonly commit: string;
  readonly run: string;
  readonly fork: boolean;
  readonly jobs: readonly JobResult[];
  readonly parts: readonly Part[];
}

/** GitHub refuses a longer comment ("body is too long (maximum is 65536 characters)"); the rest is for the marker. */
export const commentLimit = 65_000;

const signs: Readonly<Record<string, string>> = { success: "✅", failure: "❌", skipped: "➖", cancelled: "🚫" };

/** The comment on a pull request. Parts that do not fit are cut at a line, with a link to the whole. */
export function compose({ commit, run, fork, jobs, parts }: Report): string {
  const head = [
    `## Checks of ${commit.slice(0, 12)}`,
    "",
    "| job | result |",
    "| --- | --- |",
    ...jobs.map(({ name, conclusion, url }) => {
      return `| [${cell(name)}](${url}) | ${signs[conclusion] ?? "❔"} ${conclusion} |`;
    }),
    "",
    ...(fork
      ? ["The branch is in a fork: no preview against the cloud. What follows was written by the fork's code.", ""]
      : []),
  ].join("\n");
  if (parts.length === 0) return `${head}\nNo report was made: see [the run](${run}).\n`;

  let room = commentLimit - head.length;
  const sections: string[] = [];
  for (const [index, { name, markdown }] of parts.entries()) {
    // A part that is shorter than its share leaves the rest to those after it.
    const share = Math.floor(room / (parts.length - index)) - 200;
    const text = cut(disarm(markdown), share, `Cut here; the whole is in the summary of [the run](${run}).`);
    const open = index === 0 ? " open" : "";
    const section = `<details${open}><summary>${name}</summary>\n\n${text}\n\n</details>\n`;
    sections.push(section);
    room -= section.length;
  }
  return `${head}\n${sections.join("\n")}`;
}

function cell(text: string): string {
  return disarm(text).replaceAll(/[|[\]\r\n]/g, " ");
}
