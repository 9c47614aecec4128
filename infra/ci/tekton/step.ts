import { compute, restrictedContainer } from "../../controllers/pods.ts";

import { runUser } from "./names.ts";

/** Where the shared workspace has the two checkouts. */
export const folders = {
  platform: "$(workspaces.work.path)/platform",
  source: "$(workspaces.work.path)/source",
} as const;

/** The shared workspace. */
export const work = { name: "work", description: "checkouts of the platform and of the sources" } as const;

/** Meets the pod security standard `restricted`, but for a root file system that programs may write caches to. */
export const toolsContainer = {
  ...restrictedContainer,
  readOnlyRootFilesystem: false,
  runAsUser: runUser,
  runAsGroup: runUser,
} as const;

/** For a program that writes nothing. */
export const closedContainer = { ...toolsContainer, readOnlyRootFilesystem: true } as const;

export const small = compute("100m", "256Mi", "512Mi");

/** The project's own steps of a release, whichever CI runs them. */
export const ciCommand = [
  "node",
  "--import",
  "tsx",
  "/platform/cli/ci/main.ts",
  "--project",
  folders.platform,
] as const;

/** Steps of the platform's image run in it, so that Node finds its loader. */
export const toolsDirectory = "/platform";

/**
 * Git asks the mounted Secret for user and password itself: nothing is copied, and no URL carries them.
 * @param path of the workspace with a Secret of type kubernetes.io/basic-auth
 */
export function gitEnvironment(path: string) {
  const helper = `!f() { test "$1" = get && echo "username=$(cat ${path}/username)" && echo "password=$(cat ${path}/password)"; }; f`;
  return [
    { name: "HOME", value: "/tmp" },
    { name: "GIT_TERMINAL_PROMPT", value: "0" },
    { name: "GIT_CONFIG_COUNT", value: "1" },
    { name: "GIT_CONFIG_KEY_0", value: "credential.helper" },
    { name: "GIT_CONFIG_VALUE_0", value: helper },
  ] as const;
}
