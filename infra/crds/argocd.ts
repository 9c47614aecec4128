import type { IAppProject } from "@kubernetes-models/argo-cd/argoproj.io/v1alpha1/AppProject";
import type { IApplication } from "@kubernetes-models/argo-cd/argoproj.io/v1alpha1/Application";

/** Group and version of Argo CD's custom resources. */
export const argocdApiVersion = "argoproj.io/v1alpha1";

/** Namespace of Argo CD, its AppProjects and its Applications. */
export const argocdNamespace = "argocd";

/** The cluster that Argo CD itself runs in, as a destination. */
export const inCluster = "https://kubernetes.default.svc";

/**
 * A place in a cluster. One of another stack is known by its name, which is there before the cluster is: what refers to it is
 * whole in each preview. Argo CD looks the address up (argo-cd v3.5.7, docs/operator-manual/declarative-setup.md).
 */
export function destination(namespace: string, cluster?: string) {
  return cluster === undefined ? { server: inCluster, namespace } : { name: cluster, namespace };
}

/** Deletes the workloads of an Application before the Application (Argo CD user guide, "App Deletion"). */
export const cascadeFinalizer = "resources-finalizer.argocd.argoproj.io";

export type ApplicationSpec = IApplication["spec"];
export type AppProjectSpec = IAppProject["spec"];
