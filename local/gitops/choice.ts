import { existsSync, readFileSync } from "node:fs";
import { join } from "node:path";

import { gitopsSchema } from "../../infra/config/gitops.ts";
import type { GitopsKind } from "../../infra/config/gitops.ts";
import type { Layout } from "../layout.ts";

/** What can bring Git into a local platform; the first is the default. */
export const gitopsNames: readonly GitopsKind[] = gitopsSchema.options;

const file = (layout: Layout): string => join(layout.directory, "gitops");

/** The engine that a platform was made with; `argocd` for one that was never asked. */
export function chosenGitops(layout: Layout): GitopsKind {
  const path = file(layout);
  return existsSync(path) ? gitopsSchema.parse(readFileSync(path, "utf8").trim()) : "argocd";
}
