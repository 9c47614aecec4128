/** Hosts of repositories that are known; `none` is plain Git: changes are merged and pushed. */
export const hostNames = ["github", "none"] as const;

export type HostName = (typeof hostNames)[number];
