import { z } from "zod";

/** What Flagger posts to a Slack webhook (fluxcd/flagger v1.36.1, pkg/notifier/slack.go), as far as it is read. */
const payload = z.object({
  attachments: z
    .array(
      z.object({
        color: z.string(),
        /** `<Canary>.<namespace>`. */
        author_name: z.string().max(200),
        text: z.string().max(4000),
        fields: z.array(z.object({ title: z.string(), value: z.string() })).nullish(),
      }),
    )
    .length(1),
});

/** One thing that Flagger tells people about a release. */
export interface Alert {
  /** `<Canary>.<namespace>`. */
  readonly canary: string;
  readonly failed: boolean;
  readonly text: string;
  /** For example the way in which traffic moves. */
  readonly details: Readonly<Record<string, string>>;
}

/** @throws Error when it is not what Flagger posts */
export function parseAlert(value: unknown): Alert {
  const { data, error } = payload.safeParse(value);
  const attachment = data?.attachments[0];
  if (attachment === undefined) throw new Error(`no alert of Flagger in Slack's format: ${error?.message ?? "empty"}`);
  const { author_name: canary, color, text, fields } = attachment;
  const details = Object.fromEntries((fields ?? []).map(({ title, value: content }) => [title, content]));
  // Flagger knows two colours.
  return { canary, failed: color === "danger", text, details };
}
