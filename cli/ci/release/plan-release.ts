import { targetsOf } from "../stacks/targets.ts";

import { checkApplication } from "./application.ts";
import { checkImage } from "./image.ts";

export interface ReleaseRequest {
  readonly application: string;
  /** Branch that gets the tag: the one of the environment. */
  readonly branch: string;
  /** Commit of the sources, 40 hexadecimal digits. */
  readonly commit: string;
  /** Owner of the images. GitHub writes it as its owner does, a registry knows only lower case. */
  readonly owner: string;
}

/** What a release builds and where it writes it down; the outputs of its first job. */
export interface Release {
  readonly image: string;
  readonly tag: string;
  readonly environment: string;
}

/**
 * Checks a request before anything is built.
 * @throws for an unknown application, a branch that no environment follows, and a wrong commit
 */
export async function planRelease(project: string, request: ReleaseRequest): Promise<Release> {
  const { application, branch, commit, owner } = request;
  await checkApplication(project, application);
  if (!/^[a-f0-9]{40}$/.test(commit)) throw new Error(`commit "${commit}": allowed are 40 hexadecimal digits`);
  const [target] = await targetsOf(project, branch);
  const image = `ghcr.io/${owner.toLowerCase()}/${application}`;
  // Twelve digits of a commit name it among more than there will be; the same sources get the same tag.
  const tag = `sha-${commit.slice(0, 12)}`;
  checkImage({ name: image, tag, digest: `sha256:${"0".repeat(64)}` });
  return { image, tag, environment: target?.stack ?? "" };
}
