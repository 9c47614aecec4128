/** The local Git host: a bare repository, what is published to it, and the hook of its pushes. */
export { repositoryUrl } from "./bare-repository.ts";
export type { BranchResult } from "./branches.ts";
export { publish } from "./publish.ts";
export type { Publication, PublishOptions } from "./publish.ts";
export { removeRemote } from "./remote.ts";
