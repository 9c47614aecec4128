import { writeFile } from "node:fs/promises";
import { dirname, join } from "node:path";

import type { Change } from "../recovery/change-branch.ts";
import type { RecoveryOptions } from "../recovery/context.ts";
import { nothing, refused } from "../recovery/decision.ts";
import type { Decision } from "../recovery/decision.ts";
import { git } from "../recovery/git.ts";
import { brokenBy } from "../recovery/rollback.ts";

import { messageOf, wordsOf } from "./message.ts";
import type { ImagesPlan } from "./plan-images.ts";
import type { Promotion } from "./promotion.ts";

/** The commit that a plan wants, or why there is none. */
export function changeImages(
  promotion: Promotion,
  { files, promoted, refused: refusals }: ImagesPlan,
  render: RecoveryOptions["render"],
): Change | Decision {
  if (promoted.length === 0) {
    if (refusals.length > 0) return refused(refusals.map(({ reason }) => reason).join("; "), true);
    return nothing(`${promotion.to} has the images of ${promotion.from} already`);
  }
  return {
    apply: async (tree) => {
      for (const [path, text] of files) await writeFile(join(tree, path), text);
      await git(tree, ["add", "--", ...files.keys()]);
      for (const path of files.keys()) {
        const broken = await brokenBy(render, tree, dirname(path));
        if (broken !== undefined)
          return refused(`with the new image ${dirname(path)} does not render: ${broken}`, true);
      }
      const decision = { action: "promoted", reason: wordsOf(promotion, promoted).title, needsPerson: false } as const;
      return { message: messageOf(promotion, promoted), decision };
    },
  };
}
