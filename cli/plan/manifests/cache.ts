import { createHash, randomUUID } from "node:crypto";
import { existsSync, readFileSync, readdirSync } from "node:fs";
import { mkdir, readFile, rename, writeFile } from "node:fs/promises";
import { join, posix, relative, sep } from "node:path";

import { projectDirectory } from "../../../local/layout.ts";

import { reachesOut } from "./reaches-out.ts";

const directory = join(projectDirectory, "node_modules", ".cache", "gitops", "rendered");

/**
 * What overlays render to, by content: the same `apps/` and the same kustomize make the same objects. A render costs
 * more than recording the whole program.
 */
export class RenderCache {
  private constructor(private readonly digest: string | undefined) {}

  /** The cache of a project; it keeps nothing where a kustomization reads what is not under `apps/`. */
  static of(project: string): RenderCache {
    const hash = createHash("sha256");
    for (const name of ["go.mod", "go.sum"]) {
      hash.update(readFileSync(join(projectDirectory, "local", "tools", "kustomize", name)));
    }
    const apps = join(project, "apps");
    for (const file of filesUnder(apps)) {
      const content = readFileSync(file);
      const path = relative(apps, file).split(sep).join("/");
      if (/^kustomization\.ya?ml$|^Kustomization$/.test(posix.basename(path)) && reachesOut(path, content.toString())) {
        return new RenderCache(undefined);
      }
      hash.update(path).update("\0").update(String(content.length)).update("\0").update(content);
    }
    return new RenderCache(hash.digest("hex"));
  }

  /** The objects of an overlay, from the cache or else from `render`. */
  async get(path: string, render: () => Promise<readonly unknown[]>): Promise<readonly unknown[]> {
    if (this.digest === undefined) return render();
    const name = createHash("sha256").update(this.digest).update(path).digest("hex").slice(0, 32);
    const file = join(directory, `${name}.json`);
    try {
      return JSON.parse(await readFile(file, "utf8")) as readonly unknown[];
    } catch {
      const objects = await render();
      await this.keep(file, objects);
      return objects;
    }
  }

  private async keep(file: string, objects: readonly unknown[]): Promise<void> {
    const partial = `${file}.${randomUUID()}`;
    try {
      await mkdir(directory, { recursive: true, mode: 0o700 });
      // A manifest may hold a secret that somebody committed: not for other users.
      await writeFile(partial, JSON.stringify(objects), { mode: 0o600 });
      await rename(partial, file);
    } catch {
      // It only saves time: an installation that cannot be written renders each time.
    }
  }
}

function filesUnder(folder: string): readonly string[] {
  if (!existsSync(folder)) return [];
  const entries = readdirSync(folder, { withFileTypes: true, recursive: true });
  return entries.flatMap((entry) => (entry.isFile() ? [join(entry.parentPath, entry.name)] : [])).sort();
}
