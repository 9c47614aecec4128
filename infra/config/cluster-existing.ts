import { parse } from "yaml";
import { z } from "zod";

import { crossCheck } from "./cross-check.ts";
import type { RuleProblem } from "./cross-check.ts";
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

const fields = strictObject({
  kind: z.literal("existing"),
  /** Path of a kubeconfig, or its content. Default: KUBECONFIG or ~/.kube/config. */
  kubeconfig: z.string().min(1).optional(),
  /** Context in the kubeconfig. Default: its current one. */
  context: z.string().min(1).optional(),
});

/** A cluster that someone else made; nothing in the cloud is created. */
export const existingClusterSchema = crossCheck(fields, ({ kubeconfig, context }, sound): RuleProblem[] => {
  if (kubeconfig === undefined && context === undefined) {
    const message =
      "missing; allowed: `kubeconfig`, `context` or both, so that nobody deploys to whatever cluster is current by " +
      "chance; name one";
    return [{ path: ["context"], message }];
  }
  // The content is never quoted: it holds credentials.
  const problem = kubeconfig === undefined || !sound.whole("kubeconfig") ? undefined : contentProblem(kubeconfig);
  if (problem === undefined) return [];
  const message = `the content is not a kubeconfig (${problem}); allowed: a path, or a whole kubeconfig; name the file`;
  return [{ path: ["kubeconfig"], message }];
});
