import { namespaces } from "../../infra/controllers/namespaces.ts";

export const fluxNamespace = namespaces.flux;

/** Names of the processes: the controllers have those of upstream's Deployments and service accounts. */
export const processNames = {
  source: "source-controller",
  kustomize: "kustomize-controller",
  /** Gives the platform's repository to source-controller, which reads no folders. */
  git: "git-http",
} as const;

/** The owner, in `metadata.managedFields`, of what the local platform applies for Flux. */
export const fieldManager = "gitops-local-flux";

/**
 * A new value has a controller look at the object now (fluxcd/pkg, apis/meta v1.30.2, annotations.go); the status
 * repeats it in `lastHandledReconcileAt` when that is done.
 */
export const reconcileAnnotation = "reconcile.fluxcd.io/requestedAt";

const source = "/apis/source.toolkit.fluxcd.io/v1";
const kustomize = "/apis/kustomize.toolkit.fluxcd.io/v1";

/** Paths of the API: of all namespaces, or of one. */
export const fluxPaths = {
  kustomizations: (namespace?: string): string => `${kustomize}/${within(namespace)}kustomizations`,
  gitRepositories: (namespace?: string): string => `${source}/${within(namespace)}gitrepositories`,
} as const;

const within = (namespace: string | undefined): string => (namespace === undefined ? "" : `namespaces/${namespace}/`);
