import { parse } from "yaml";
import { z } from "zod";

import { strictObject } from "./strict-object.ts";

/** `undefined` where the text is a path, else what is wrong with the content. */
function contentProblem(text: string): string | undefined {
  if (!text.includes("\n") && !text.trimStart().startsWith("{")) return undefined;
  try {
    const content = parse(text) as { clusters?: unknown } | null;
    return Array.isArray(content?.clusters) ? undefined : "it has no `clusters`";
  } catch (error) {
    return `it is no YAML: ${(error as Error).message.split("\n")[0]}`;
  }
}

/** A cluster that someone else made; nothing in the cloud is created. */
export const existingClusterSchema = strictObject({
  kind: z.literal("existing"),
  /** Path of a kubeconfig, or its content. Default: KUBECONFIG or ~/.kube/config. */
  kubeconfig: z.string().min(1).optional(),
  /** Context in the kubeconfig. Default: its current one. */
  context: z.string().min(1).optional(),
}).superRefine((config, context) => {
  const report = (key: string, message: string) => context.addIssue({ code: "custom", path: [key], message });
  if (config.kubeconfig === undefined && config.context === undefined) {
    report(
      "context",
      "missing; allowed: `kubeconfig`, `context` or both, so that nobody deploys to whatever cluster is current by " +
        "chance; name one",
    );
  }
  const problem = config.kubeconfig === undefined ? undefined : contentProblem(config.kubeconfig);
  if (problem !== undefined) {
    report("kubeconfig", `the content is not a kubeconfig (${problem}); allowed: a path, or a whole kubeconfig`);
  }
});
