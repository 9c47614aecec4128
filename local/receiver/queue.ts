import { mkdir, readdir, readFile, rename, rm, stat, writeFile } from "node:fs/promises";
import { join } from "node:path";

import { eventId } from "../../cli/recovery/index.ts";
import type { RecoveryEvent } from "../../cli/recovery/index.ts";

/** A report that is to be handled. */
export interface QueuedReport {
  readonly id: string;
  readonly event: RecoveryEvent;
  /** Milliseconds since 1970. */
  readonly received: number;
  /** Not before then; milliseconds since 1970. */
  readonly notBefore: number;
  /** Times that it failed. */
  readonly attempts: number;
}

/** How many handled reports are remembered, to know one that comes again. */
const remembered = 1000;

/**
 * Reports on disk, from before they are acknowledged until they are handled: what a crash or a kill interrupts is
 * handled after the next start.
 */
export class Queue {
  readonly #open: string;
  readonly #handled: string;

  /** @param directory is made by the first `add` */
  constructor(directory: string) {
    this.#open = join(directory, "queue");
    this.#handled = join(directory, "handled");
  }

  /**
   * Takes a report in.
   * @returns its id, and whether it is a new one
   */
  async add(event: RecoveryEvent): Promise<{ readonly id: string; readonly added: boolean }> {
    await mkdir(this.#open, { recursive: true, mode: 0o700 });
    await mkdir(this.#handled, { recursive: true, mode: 0o700 });
    const id = eventId(event);
    if (await this.knows(id)) return { id, added: false };
    await this.put({ id, event, received: Date.now(), notBefore: 0, attempts: 0 });
    return { id, added: true };
  }

  async knows(id: string): Promise<boolean> {
    for (const folder of [this.#open, this.#handled]) {
      if (await stat(join(folder, `${id}.json`)).catch(() => undefined)) return true;
    }
    return false;
  }

  /** Writes a report again, for example with a later `notBefore`. Whole, or not at all. */
  async put(report: QueuedReport): Promise<void> {
    const file = join(this.#open, `${report.id}.json`);
    await writeFile(`${file}.new`, JSON.stringify(report), { mode: 0o600 });
    await rename(`${file}.new`, file);
  }

  /** Reports to be handled, oldest first. */
  async list(): Promise<readonly QueuedReport[]> {
    const names = (await readdir(this.#open).catch(() => [])).filter((name) => name.endsWith(".json"));
    const reports = names.map(
      async (name) => JSON.parse(await readFile(join(this.#open, name), "utf8")) as QueuedReport,
    );
    return (await Promise.all(reports)).sort((a, b) => a.received - b.received);
  }

  /** Remembers that a report is handled. */
  async done({ id }: QueuedReport): Promise<void> {
    await rename(join(this.#open, `${id}.json`), join(this.#handled, `${id}.json`));
    const names = await readdir(this.#handled);
    if (names.length <= remembered) return;
    const files = names.map((name) => join(this.#handled, name));
    const times = await Promise.all(files.map(async (file) => ({ file, time: (await stat(file)).mtimeMs })));
    const oldest = times.sort((a, b) => a.time - b.time).slice(0, names.length - remembered);
    await Promise.all(oldest.map(({ file }) => rm(file, { force: true })));
  }
}
