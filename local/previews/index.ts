/** The process of the local platform that tells Argo CD which branches are previewed. */
export { previewsName } from "./address.ts";
export { isPreview, previewOf, refreshPreviews } from "./refresh.ts";
export { startPreviews, stopPreviews } from "./start.ts";
export type { PreviewsEvent, PreviewsOptions } from "./start.ts";
