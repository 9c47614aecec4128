import { createHash } from "node:crypto";
import { readFile } from "node:fs/promises";

/** Asks whether a process serves. False or an error means: not yet. Ends itself soon after `signal` aborts. */
export type Probe = (signal: AbortSignal) => Promise<boolean>;

/** A background process as it should run. */
export interface ProcessSpec {
  /** Unique in a platform; names its log and its record. Letters, digits, `-`. */
  readonly name: string;
  /** Absolute path of the program. */
  readonly command: string;
  /** Never a secret: arguments are seen by every user of the machine. */
  readonly args: readonly string[];
  /** Added to PATH, HOME and TMPDIR, which are all that a process gets otherwise. */
  readonly env?: Readonly<Record<string, string>>;
  /** Default: the platform's HOME. */
  readonly cwd?: string;
  /** Files that the process reads at its start: another content means a restart. */
  readonly files?: readonly string[];
  /** The ports it listens on, by their use. Recorded, so that `choosePorts` knows whose they are. */
  readonly ports?: Readonly<Record<string, number>>;
  /** Runs before each start, when no earlier process is left: clears what one that crashed may have left behind. */
  readonly beforeStart?: () => Promise<void>;
  readonly ready: Probe;
  /** Default: 60. */
  readonly readyTimeoutSeconds?: number;
  /** The polite signal. Default: SIGTERM. */
  readonly stopSignal?: NodeJS.Signals;
  /** How long the polite signal may take before SIGKILL. Default: 10. */
  readonly stopTimeoutSeconds?: number;
}

/** The defaults of a spec, in one place. */
export const processDefaults = {
  readyTimeoutSeconds: 60,
  stopSignal: "SIGTERM",
  stopTimeoutSeconds: 10,
} as const;

/** @throws Error when the name could leave the folder of records or logs. */
export function checkName(name: string): void {
  if (!/^[a-z0-9]([a-z0-9-]*[a-z0-9])?$/.test(name)) {
    throw new Error(`process name "${name}": expected lower-case letters, digits and "-"; choose another name`);
  }
}

/**
 * A digest of all that decides how the process behaves, contents of its `files` included.
 *
 * @throws Error when one of `files` cannot be read.
 */
export async function specDigest(spec: ProcessSpec): Promise<string> {
  const hash = createHash("sha256");
  const environment = Object.entries(spec.env ?? {}).sort(([a], [b]) => (a < b ? -1 : 1));
  hash.update(JSON.stringify([spec.command, spec.args, environment, spec.cwd ?? null]));
  for (const file of spec.files ?? []) {
    hash.update(`\0${file}\0`);
    hash.update(await readFile(file));
  }
  return hash.digest("hex");
}
