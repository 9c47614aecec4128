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

/** Say that a release failed, not why: the threshold of failed checks, and the end. */
const empty = /failed checks threshold reached|^Canary failed!/;

/** Words before the news, such as `Halt app.dev advancement` (pkg/controller/scheduler_metrics.go, scheduler.go). */
const prefix = /^(Halt (\S+ )?advancement|Rolling back \S+) /;

/**
 * Reads an Event of Flagger's.
 * @returns undefined when it finds no fault with a release
 * @throws Error when it is not what Flagger posts
 */
export function parseFinding(value: unknown): Finding | undefined {
  const { data, error } = payload.safeParse(value);
  if (data === undefined) throw new Error(`no event of Flagger: ${error.message}`);
  const { eventMessage, eventType } = data.metadata;
  if (eventType !== "Warning" || empty.test(eventMessage)) return undefined;
  return { canary: `${data.name}.${data.namespace}`, text: eventMessage.replace(prefix, "") };
}
