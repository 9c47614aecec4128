import { posix } from "node:path";

/** Which files of the repository are one application's in one environment. */
export interface OwnPaths {
  /** The overlay, from the root of the repository. */
  readonly overlay: string;
  /** The smallest folder with everything in it: what git is asked about. */
  readonly root: string;
  /** Whether a file is the application's own. */
  readonly owns: (file: string) => boolean;
}

const within = (file: string, folder: string): boolean => file.startsWith(`${folder}/`);

/**
 * An overlay `<root>/overlays/<environment>` owns itself and what else is under its root, such as the base, but no
 * other overlay. Any other folder owns itself alone. Shared components are nobody's own: taking a change of theirs
 * back for one application would change all others.
 */
export function ownPaths(path: string): OwnPaths {
  const overlay = posix.normalize(path).replace(/\/$/, "");
  const overlays = posix.dirname(overlay);
  const root = posix.dirname(overlays);
  if (posix.basename(overlays) !== "overlays" || root === "." || root === "/") {
    return { overlay, root: overlay, owns: (file) => within(file, overlay) };
  }
  return {
    overlay,
    root,
    owns: (file) => within(file, overlay) || (within(file, root) && !within(file, overlays)),
  };
}
