import { required } from "../environment.ts";
import type { Environment } from "../environment.ts";
import { connect } from "../github/client.ts";
import { closeIssue, upsertIssue } from "../github/upsert-issue.ts";
import { cut } from "../report/cut.ts";
import { readParts } from "../report/read-parts.ts";

const name = "drift";

/** Of one section, in characters: an issue holds 65536, and there are three stacks. */
const sectionLimit = 20_000;

/**
 * Keeps one issue about drift: opened with the first stack that drifted, changed as stacks do, closed when every one of
 * them was looked at and none has.
 * @param folder what `checkDrift` wrote for each stack
 * @param stacks that should have been looked at
 * @returns what was done, for the log
 */
export async function reportDrift(
  folder: string,
  stacks: readonly string[],
  environment: Environment,
): Promise<string> {
  const github = connect(environment);
  const parts = await readParts(folder);
  const drifted = parts.filter((part) => part.name.startsWith("drift-"));
  const unknown = stacks.filter((stack) => !parts.some((part) => part.name.endsWith(`-${stack}`)));
  const run = `${required(environment, "GITHUB_SERVER_URL")}/${required(environment, "GITHUB_REPOSITORY")}/actions/runs/${required(environment, "GITHUB_RUN_ID")}`;
  if (drifted.length === 0) {
    // A stack that could not be asked may still be adrift.
    if (unknown.length > 0) return `could not tell for ${unknown.join(", ")}; the issue stays as it is`;
    const closed = await closeIssue(github, name, `No stack drifts any more: ${run}`);
    return closed ? "no drift: closed the issue" : "no drift";
  }
  const stackNames = drifted.map((part) => part.name.slice("drift-".length));
  const body = [
    "What runs is not what Git says. Either Git is right: run the deploy workflow on the branch of the stack. Or the",
    "change should stay: bring it into Git by a pull request.",
    "",
    `Found by ${run}`,
    "",
    ...drifted.map(({ markdown }) => `${cut(markdown, sectionLimit, "Cut here; the whole is in the run.")}\n`),
    ...(unknown.length === 0 ? [] : [`Could not be asked: ${unknown.join(", ")}.`, ""]),
  ].join("\n");
  const title = `Drift in ${stackNames.join(", ")}`;
  return `drift in ${stackNames.join(", ")}: issue ${await upsertIssue(github, name, { title, body })}`;
}
