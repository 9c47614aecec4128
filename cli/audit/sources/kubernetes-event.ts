import { z } from "zod";

const user = z.object({ username: z.string().default(""), groups: z.array(z.string()).default([]) });

/**
 * A line of the audit log, as far as it is read here (`Event` in kubernetes/apiserver, pkg/apis/audit/v1/types.go; the
 * annotations are those of pkg/endpoints/filters/authorization.go).
 */
const eventSchema = z.object({
  kind: z.literal("Event"),
  apiVersion: z.string().startsWith("audit.k8s.io/"),
  auditID: z.string(),
  stage: z.string(),
  requestURI: z.string().default(""),
  verb: z.string(),
  user: user.default({ username: "", groups: [] }),
  impersonatedUser: user.optional(),
  userAgent: z.string().default(""),
  sourceIPs: z.array(z.string()).default([]),
  objectRef: z
    .object({
      resource: z.string().default(""),
      subresource: z.string().default(""),
      namespace: z.string().default(""),
      name: z.string().default(""),
      apiGroup: z.string().default(""),
    })
    .optional(),
  responseStatus: z.object({ code: z.number().optional(), message: z.string().optional() }).optional(),
  requestReceivedTimestamp: z.iso.datetime(),
  annotations: z.record(z.string(), z.string()).default({}),
});

export type KubernetesEvent = Readonly<z.infer<typeof eventSchema>>;

/**
 * Reads a line: the event itself; the event after a time and other words, as `aws logs tail` prints it; or a JSON object
 * with the event as text in `message` or `@message`, as exports of CloudWatch have it.
 * @returns undefined for a line that is none
 */
export function parseEventLine(line: string): KubernetesEvent | undefined {
  const start = line.indexOf("{");
  if (start < 0) return undefined;
  let value: unknown;
  try {
    value = JSON.parse(line.slice(start));
    if (typeof value === "object" && value !== null && !("auditID" in value)) {
      const { message, "@message": at } = value as Record<string, unknown>;
      const inner = message ?? at;
      value = typeof inner === "string" ? JSON.parse(inner) : inner;
    }
  } catch {
    return undefined;
  }
  const parsed = eventSchema.safeParse(value);
  return parsed.success ? parsed.data : undefined;
}
