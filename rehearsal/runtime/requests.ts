import { RehearsalError } from "../errors.ts";

/** How the SDK wants an answer. */
export type Callback = (error: Error | null, response: unknown) => void;

/**
 * Requests of a program that are being answered. The first error is kept and no request is answered any more: the
 * program stays where it is, as under an engine that stops, and no promise rejects that it could not have handled.
 */
export class Requests {
  /** Rejects with the first error; never resolves. */
  readonly failed: Promise<never>;
  private rejectRun!: (error: Error) => void;
  private stopped = false;
  private readonly running = new Set<Promise<void>>();

  constructor() {
    this.failed = new Promise((_resolve, reject) => {
      this.rejectRun = reject;
    });
    this.failed.catch(() => undefined);
  }

  /** Stops answering; errors after the first are dropped. */
  fail(error: unknown): void {
    this.stopped = true;
    this.rejectRun(error instanceof Error ? error : new RehearsalError(String(error)));
  }

  /** Resolves when no request is being worked on. */
  async idle(): Promise<void> {
    while (this.running.size > 0) await Promise.all(this.running);
  }

  /** Works on a request and answers it, unless there was an error by then. */
  answer(callback: Callback, work: () => Promise<unknown>): Promise<void> {
    if (this.stopped) return Promise.resolve();
    const run = work().then(
      (response) => {
        if (!this.stopped) callback(null, response);
      },
      (error: unknown) => this.fail(error),
    );
    const settled = run.finally(() => this.running.delete(settled));
    this.running.add(settled);
    return settled;
  }
}
