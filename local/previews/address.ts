import { mkdir } from "node:fs/promises";
import { join } from "node:path";

import { branchGenerator } from "../../infra/delivery/preview-names.ts";
import { readOrCreateSecret } from "../argocd/accounts.ts";
import type { Layout } from "../layout.ts";

/** Name of the process, and of the ConfigMap and the Secret by which Argo CD finds it. */
export const previewsName = branchGenerator;

const directory = (layout: Layout): string => join(layout.directory, "previews");

/** The file, mode 0600, with the token that questions must bring. */
export const tokenFile = (layout: Layout): string => join(directory(layout), "token");

/** The token between the ApplicationSet controller and the generator, made up once a platform. */
export async function previewsToken(layout: Layout): Promise<string> {
  await mkdir(directory(layout), { recursive: true, mode: 0o700 });
  return readOrCreateSecret(tokenFile(layout));
}
