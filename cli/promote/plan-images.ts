import { isAncestor, commits as log, ownCommits } from "../recovery/history.ts";
import type { Commit } from "../recovery/history.ts";
import { ownPaths } from "../recovery/own-paths.ts";
import { trailerNames } from "../recovery/trailers.ts";
import { kustomizationAt } from "../repository/files-at.ts";

import { imagesIn, notPinned, notRunning, withImages } from "./images.ts";
import type { ImageChange } from "./images.ts";
import type { Plan, Promoted, Promotion } from "./promotion.ts";
import type { Candidate, Refusal } from "./source.ts";

/** Overlays of the target with the images of the source. */
export interface ImagesPlan extends Plan {
  /** New texts of kustomizations, by path. */
  readonly files: ReadonlyMap<string, string>;
}

/** Commits of one application that a summary lists. */
const listed = 30;

/**
 * Works out what the promotion changes on a commit of the target's branch. An application whose images are the same
 * already is in neither list.
 * @param sourceTip newest commit of the source's branch
 */
export async function planImages(
  repository: string,
  promotion: Promotion,
  sourceTip: string,
  tip: string,
): Promise<ImagesPlan> {
  const files = new Map<string, string>();
  const promoted: Promoted[] = [];
  const refused: Refusal[] = [...promotion.source.refused];
  for (const candidate of promotion.source.candidates) {
    const { application, revision } = candidate;
    const refuse = (reason: string): unknown => refused.push({ application, reason });
    if (!(await isAncestor(repository, revision, sourceTip))) {
      refuse(`revision ${revision} of ${application} is not on branch "${promotion.source.branch}"`);
      continue;
    }
    const source = await kustomizationAt(repository, revision, candidate.path);
    const images = source === undefined ? [] : imagesIn(source.text);
    if (images.length === 0) {
      refuse(`${candidate.path} of ${application} sets no image that could be promoted`);
      continue;
    }
    const loose = notPinned(images);
    if (loose !== undefined) {
      refuse(`${candidate.path} of ${application} says ${loose}: neither a version nor a digest; pin it first`);
      continue;
    }
    const wrong = notRunning(images, candidate.running);
    if (wrong !== undefined) {
      refuse(
        `Git says ${wrong} for ${application} in ${promotion.from}, and what runs is ${candidate.running.join(", ")}`,
      );
      continue;
    }
    const overlay = `apps/${application}/overlays/${promotion.to}`;
    const target = await kustomizationAt(repository, tip, overlay);
    if (target === undefined) {
      refuse(`branch "${promotion.source.targetBranch}" has no ${overlay}; merge the whole branch first (--branch)`);
      continue;
    }
    const { text, changes } = withImages(target.text, images);
    if (changes.length === 0) continue;
    const unsigned = await firstUnsigned(changes, promotion.signed);
    if (unsigned !== undefined) {
      refuse(`${application}: ${unsigned}`);
      continue;
    }
    files.set(target.path, text);
    const brought = await commitsOf(repository, promotion, candidate, tip);
    promoted.push({ application, revision, images: changes, commits: brought });
  }
  return { files, promoted, refused };
}

async function firstUnsigned(
  changes: readonly ImageChange[],
  signed: Promotion["signed"],
): Promise<string | undefined> {
  for (const { after } of signed === undefined ? [] : changes) {
    const wrong = await signed?.check(after);
    if (wrong !== undefined) return wrong;
  }
  return undefined;
}

/** Since the promotion before this one; where there was none, what the target's branch does not have. */
async function commitsOf(
  repository: string,
  { from, to }: Promotion,
  { application, revision, path }: Candidate,
  tip: string,
): Promise<readonly Commit[]> {
  const prefix = `${application}@`;
  const last = (await log(repository, tip, `apps/${application}/overlays/${to}`)).flatMap(({ trailers }) =>
    trailers.get(trailerNames.promotedFrom)?.includes(from) === true
      ? (trailers.get(trailerNames.promotedRevision) ?? []).filter((value) => value.startsWith(prefix))
      : [],
  )[0];
  const since = last?.slice(prefix.length);
  const known = since !== undefined && (await isAncestor(repository, since, revision));
  return ownCommits(repository, `${known ? since : tip}..${revision}`, ownPaths(path), listed);
}
