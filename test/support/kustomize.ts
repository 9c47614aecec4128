import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";

import { execa } from "execa";
import { parseAllDocuments } from "yaml";

import { ensureTools } from "../../local/tools/ensure.ts";

/** Root of the repository. */
export const root = dirname(dirname(dirname(fileURLToPath(import.meta.url))));

/** A rendered Kubernetes object; `spec` and the like are narrowed by who asks for the kind. */
export interface Manifest {
  readonly apiVersion: string;
  readonly kind: string;
  readonly metadata: {
    readonly name: string;
    readonly namespace?: string;
    readonly labels?: Readonly<Record<string, string>>;
    readonly annotations?: Readonly<Record<string, string>>;
  };
}

let found: Promise<string> | undefined;

/**
 * The pinned kustomize, built on first use: the one that the local Argo CD renders with.
 * @returns path of the binary
 */
export function kustomize(): Promise<string> {
  found ??= ensureTools({
    names: ["kustomize"],
    logDirectory: join(root, ".local", "logs"),
    onEvent: () => undefined,
  }).then((tools) => tools.kustomize.path);
  return found;
}

/**
 * Renders one folder.
 * @param folder absolute, or relative to the root of the repository
 * @throws what kustomize says when the folder does not render
 */
export async function render(folder: string): Promise<readonly Manifest[]> {
  const { stdout } = await execa(await kustomize(), ["build", folder], { cwd: root });
  return parseAllDocuments(stdout).map((document) => document.toJS() as Manifest);
}
