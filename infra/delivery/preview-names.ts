/**
 * Names of previews. A preview is named like its namespace, `preview-<number>`; its Applications are
 * `preview-<number>.<application>`: no namespace has a dot, so that a name says without doubt whose it is.
 */

/** Beginning of every name; no environment may have such a namespace (infra/config/delivery.ts). */
export const previewPrefix = "preview-";

/** AppProject of what pull requests bring. */
export const previewProject = "previews";

/** AppProject of what holds them: namespace, quota, limits, network policies. */
export const guardProject = "preview-guards";

/** Also the names of the ApplicationSets, which are those of their projects. */
export const previewProjects: readonly string[] = [guardProject, previewProject];

/**
 * The name of a preview as a template of an ApplicationSet. `number` is a pull request's, or what the generator of the
 * local platform makes of a branch; either way it ends up as a part of a DNS label, 58 characters with the prefix at most.
 */
export const previewName = `${previewPrefix}{{ .number | normalize | replace "." "-" | trunc 50 | trimAll "-" }}`;

/** Every branch of the local platform that begins so is previewed. */
export const previewBranchPrefix = "preview/";

/** Where the generator of the local platform is found: a ConfigMap of that name beside Argo CD. */
export const branchGenerator = "gitops-previews";
