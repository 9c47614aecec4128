import { writeFile } from "node:fs/promises";

import type { FromTerraformFlags } from "../commands/from-terraform.ts";
import { exitCodes, UsageError } from "../errors.ts";
import { palette } from "../plan/output/palette.ts";
import { findProject } from "../plan/project.ts";
import { writeOut } from "../write-out.ts";

import { importFile, reportJson, reportText } from "./print.ts";
import { readSource } from "./read-source.ts";
import { makeReport } from "./report.ts";

/**
 * `gitops from-terraform`.
 * @returns the exit code: 1 when the section for a cluster of the platform's own needs a decision, else 0
 * @throws UsageError for a file that cannot be read, and for an --out that exists
 */
export async function runFromTerraform(file: string, flags: FromTerraformFlags): Promise<number> {
  const project = findProject(flags.directory);
  const report = makeReport(file, await readSource(file));
  const { out } = flags;
  if (out !== undefined && report.imports.length === 0) {
    throw new UsageError(
      `--out "${out}": "${file}" names no ids to import; give the output of \`terraform show -json\``,
    );
  }
  if (out !== undefined && flags.dryRun === undefined) await writeNew(out, importFile(report.imports));
  const text = flags.json
    ? `${JSON.stringify(reportJson(report), null, 2)}\n`
    : reportText(report, project.name, out, palette(Boolean(process.stdout.isTTY)));
  await writeOut(text);
  return report.undecided.length > 0 ? exitCodes.violation : exitCodes.clean;
}

/** Never over a file that somebody may have edited. */
async function writeNew(path: string, content: string): Promise<void> {
  await writeFile(path, content, { flag: "wx" }).catch((error: NodeJS.ErrnoException) => {
    const why = error.code === "EEXIST" ? "exists already; allowed: a new file; name another one" : error.message;
    throw new UsageError(`--out "${path}": ${why}`);
  });
}
