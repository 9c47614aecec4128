import { cp, mkdir, readFile, symlink, writeFile } from "node:fs/promises";
import { dirname, join } from "node:path";

import { execa } from "execa";

import { root } from "./kustomize.ts";

/** One text of a file that becomes another. */
export interface Edit {
  /** From the root of the project. */
  readonly file: string;
  /** Must match exactly once. */
  readonly from: string | RegExp;
  readonly to: string;
}

/**
 * Copies this project as its working tree stands, without what Git ignores; the packages are shared.
 * @param to a folder that is there
 */
export async function copyProject(to: string): Promise<void> {
  const listed = ["ls-files", "--cached", "--others", "--exclude-standard", "-z", "--deduplicate"];
  const { stdout } = await execa("git", listed, { cwd: root });
  for (const file of stdout.split("\0").filter((name) => name !== "")) {
    await mkdir(dirname(join(to, file)), { recursive: true });
    // A file that was deleted and not yet committed is still listed.
    await cp(join(root, file), join(to, file)).catch((error: NodeJS.ErrnoException) => {
      if (error.code !== "ENOENT") throw error;
    });
  }
  await symlink(join(root, "node_modules"), join(to, "node_modules"));
}

/** @throws an error that names the edit whose text is not in its file once, so that no test passes on an unchanged file */
export async function edit(project: string, edits: readonly Edit[]): Promise<void> {
  for (const { file, from, to } of edits) {
    const text = await readFile(join(project, file), "utf8");
    const count = text.split(from).length - 1;
    if (count !== 1) throw new Error(`${file}: "${from}" is there ${count} times instead of once`);
    await writeFile(
      join(project, file),
      text.replace(from, () => to),
    );
  }
}
