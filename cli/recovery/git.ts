import { execa } from "execa";

/** How a git command ended. */
export interface GitResult {
  readonly ok: boolean;
  readonly stdout: string;
  readonly stderr: string;
}

export interface GitOptions {
  /** Standard input. */
  readonly input?: string;
  /** Added to the environment. */
  readonly env?: Readonly<Record<string, string>>;
  readonly signal?: AbortSignal;
}

/** Who signs what the platform commits; `.invalid` is reserved for addresses that exist nowhere (RFC 2606). */
export const platformAuthor = { name: "gitops platform", email: "platform@gitops.invalid" } as const;

/**
 * Runs git in a folder. Variables that tie git to another repository (GIT_DIR in a hook) are left out; so is the
 * user's identity: what is committed here is the platform's.
 */
export async function tryGit(folder: string, args: readonly string[], options: GitOptions = {}): Promise<GitResult> {
  const kept = Object.entries(process.env).filter(([key]) => !key.startsWith("GIT_") || key === "GIT_SSH_COMMAND");
  const { name, email } = platformAuthor;
  const identity = {
    GIT_AUTHOR_NAME: name,
    GIT_AUTHOR_EMAIL: email,
    GIT_COMMITTER_NAME: name,
    GIT_COMMITTER_EMAIL: email,
  };
  const result = await execa("git", ["-c", "core.hooksPath=/dev/null", "-c", "commit.gpgSign=false", ...args], {
    cwd: folder,
    env: { ...Object.fromEntries(kept), ...identity, LC_ALL: "C", GIT_TERMINAL_PROMPT: "0", ...options.env },
    extendEnv: false,
    reject: false,
    stripFinalNewline: false,
    ...(options.input === undefined ? { stdin: "ignore" as const } : { input: options.input }),
    ...(options.signal === undefined ? {} : { cancelSignal: options.signal }),
  });
  options.signal?.throwIfAborted();
  const stderr = result.stderr === "" && result.failed ? (result.shortMessage ?? "") : result.stderr;
  return { ok: !result.failed, stdout: result.stdout, stderr };
}

/**
 * As `tryGit`, and returns standard output.
 * @throws Error with git's words
 */
export async function git(folder: string, args: readonly string[], options: GitOptions = {}): Promise<string> {
  const result = await tryGit(folder, args, options);
  if (result.ok) return result.stdout;
  throw new Error(`git ${args.find((arg) => !arg.startsWith("-"))}: ${result.stderr.trim()}`);
}

/** The first seven digits, as people know commits. */
export const short = (commit: string): string => commit.slice(0, 7);
