import { parseAllDocuments } from "yaml";

import type { KubernetesObject } from "./rest-client.ts";

/**
 * The objects of a YAML text with one or more documents.
 *
 * @param source named in an error
 * @throws Error for a text that is not YAML: a parser that guesses would apply something else than the text says
 */
export function parseObjects(text: string, source: string): readonly KubernetesObject[] {
  return parseAllDocuments(text)
    .map((document) => {
      const [problem] = document.errors;
      if (problem !== undefined) throw new Error(`${source}: ${problem.message}`, { cause: problem });
      return document.toJS() as KubernetesObject | null;
    })
    .filter((object) => object !== null);
}
