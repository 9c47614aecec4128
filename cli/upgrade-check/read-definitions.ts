import { readFile } from "node:fs/promises";

import { parseAllDocuments } from "yaml";
import { z } from "zod";

import { UsageError } from "../errors.ts";

import type { Definition } from "./model.ts";

const schema = z.object({
  metadata: z.object({ name: z.string() }),
  spec: z.object({
    versions: z.array(
      z.object({
        name: z.string(),
        served: z.boolean(),
        storage: z.boolean(),
        deprecated: z.boolean().default(false),
      }),
    ),
  }),
});

/**
 * The CustomResourceDefinitions of a YAML file, such as a chart's crds/; other objects in it are left out.
 * @throws UsageError when it cannot be read, or holds none
 */
export async function readDefinitions(file: string): Promise<readonly Definition[]> {
  const refused = (why: string): UsageError =>
    new UsageError(
      `--crds "${file}": ${why}; give a file of CustomResourceDefinitions, for example a chart's crds/crd.yaml`,
    );
  const text = await readFile(file, "utf8").catch((error: unknown) => {
    throw refused(`cannot be read (${(error as NodeJS.ErrnoException).code ?? String(error)})`);
  });
  const documents = parseAllDocuments(text);
  if (documents.some(({ errors }) => errors.length > 0)) throw refused("is no YAML");
  const found = documents
    .map((document) => document.toJS() as { readonly kind?: unknown } | null)
    .filter((one) => one?.kind === "CustomResourceDefinition")
    .map((one) => schema.safeParse(one));
  if (found.length === 0) throw refused("holds no CustomResourceDefinition");
  return found.map(({ data, error }) => {
    if (data === undefined) throw refused(z.prettifyError(error));
    return data;
  });
}
