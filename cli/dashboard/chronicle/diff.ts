import { git, tryGit } from "../../recovery/git.ts";
import { ownPaths } from "../../recovery/own-paths.ts";
import type { DeploymentDiff, FileDiff } from "../model.ts";

/** More files than anybody reads on a page. */
const fileLimit = 100;
/** Characters of one file's difference; longer ones are generated as a rule. */
const patchLimit = 200_000;

/** What to compare; both commits are in the repository. */
export interface Comparison {
  readonly environment: string;
  readonly application: string;
  /** All 40 digits. */
  readonly revision: string;
  /** Default: the first parent. */
  readonly base?: string | undefined;
}

const plain = ["--no-ext-diff", "--no-textconv", "--no-color", "--find-renames", "--unified=3"];

/** Reads what a commit changed of an application's own files. */
export async function readDiff(repository: string, comparison: Comparison): Promise<DeploymentDiff> {
  const { environment, application, revision } = comparison;
  const format = ["%P", "%ct", "%an", "%s", "%b"].join("%x1f");
  const shown = await git(repository, ["show", "--no-patch", `--format=${format}`, revision, "--"]);
  const [parents = "", seconds = "0", author = "", subject = "", body = ""] = shown.split("\u001f");
  const parent = parents.split(" ")[0];
  const base = comparison.base ?? (parent === "" ? undefined : parent);
  const from = base ?? (await git(repository, ["hash-object", "-t", "tree", "--stdin"], { input: "" })).trim();
  const { owns } = ownPaths(`apps/${application}/overlays/${environment}`);
  const changed = (await changedFiles(repository, from, revision)).filter(({ path, previousPath }) =>
    [path, ...(previousPath === null ? [] : [previousPath])].some(owns),
  );
  const files: FileDiff[] = [];
  for (const file of changed.slice(0, fileLimit)) files.push(await fileDiff(repository, from, revision, file));
  return {
    version: 1,
    environment,
    application,
    revision,
    base: base ?? null,
    subject,
    body: body.trim(),
    author,
    time: new Date(Number(seconds) * 1000).toISOString(),
    files,
    truncated: changed.length > fileLimit,
  };
}

type ChangedFile = Pick<FileDiff, "path" | "previousPath" | "status">;

const statuses: Readonly<Record<string, FileDiff["status"]>> = { A: "added", D: "deleted", R: "renamed" };

async function changedFiles(repository: string, from: string, to: string): Promise<readonly ChangedFile[]> {
  const text = await git(repository, ["diff-tree", "-r", "-z", "--find-renames", "--name-status", from, to]);
  const fields = text.split("\0");
  const files: ChangedFile[] = [];
  for (let at = 0; at + 1 < fields.length;) {
    const status = statuses[(fields[at] ?? "").charAt(0)] ?? "modified";
    const [first = "", second = ""] = fields.slice(at + 1, at + 3);
    const renamed = status === "renamed";
    files.push(renamed ? { path: second, previousPath: first, status } : { path: first, previousPath: null, status });
    at += renamed ? 3 : 2;
  }
  return files;
}

async function fileDiff(repository: string, from: string, to: string, file: ChangedFile): Promise<FileDiff> {
  const paths = [file.previousPath, file.path].flatMap((path) => (path === null ? [] : [`:(top,literal)${path}`]));
  const { stdout } = await tryGit(repository, ["diff", ...plain, "--numstat", "--patch", from, to, "--", ...paths]);
  const [additions = "-", deletions = "-"] = (stdout.split("\n")[0] ?? "").split("\t");
  const start = stdout.search(/^@@ /m);
  const patch = start < 0 ? "" : stdout.slice(start);
  const truncated = patch.length > patchLimit;
  return {
    ...file,
    additions: additions === "-" ? 0 : Number(additions),
    deletions: deletions === "-" ? 0 : Number(deletions),
    binary: additions === "-",
    patch: truncated ? "" : patch,
    truncated,
  };
}
