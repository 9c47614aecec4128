import { z } from "zod";

/** What Flagger posts for each of its Events (fluxcd/flagger v1.36.1, pkg/controller/webhook.go), as far as it is read. */
const payload = z.object({
  name: z.string().max(253),
  namespace: z.string().max(63),
  metadata: z.object({ eventMessage: z.string().max(4000), eventType: z.string() }),
});

/** What a check of a release found, with the numbers that decide. */
export interface Finding {
  /** `<Canary>.<namespace>`. */
  readonly canary: string;
  /** For example `success rate 84.62% < 99%`. */
  readonly text: string;
}

/** An Event of Flagger's; without a text it finds no fault with a release. */
export type FlaggerEvent = Pick<Finding, "canary"> & Partial<Finding>;

/** Say that a release failed, not why: the threshold of failed checks, and the end. */
const empty = /failed checks threshold reached|^Canary failed!/;

/** Words before the news, such as `Halt app.dev advancement` (pkg/controller/scheduler_metrics.go, scheduler.go). */
const prefix = /^(Halt (\S+ )?advancement|Rolling back \S+) /;

/** @throws Error when it is not what Flagger posts */
export function parseFlaggerEvent(value: unknown): FlaggerEvent {
  const { data, error } = payload.safeParse(value);
  if (data === undefined) throw new Error(`no event of Flagger: ${error.message}`);
  const { eventMessage, eventType } = data.metadata;
  const canary = `${data.name}.${data.namespace}`;
  if (eventType !== "Warning" || empty.test(eventMessage)) return { canary };
  return { canary, text: eventMessage.replace(prefix, "") };
}

/**
 * Gives each finding to `write`, but for those that repeat the one before: Flagger says the same at each check for as long
 * as it waits, for example for a person. Anything else that it says in between begins anew.
 */
export function withoutRepetition(write: (finding: Finding) => Promise<void>): (event: FlaggerEvent) => Promise<void> {
  const last = new Map<string, string>();
  return async ({ canary, text }) => {
    if (text === undefined) return void last.delete(canary);
    if (last.get(canary) === text) return;
    last.set(canary, text);
    await write({ canary, text });
  };
}
