import type { IAppProject } from "@kubernetes-models/argo-cd/argoproj.io/v1alpha1/AppProject";
import type { IApplication } from "@kubernetes-models/argo-cd/argoproj.io/v1alpha1/Application";

/** Group and version of Argo CD's custom resources. */
export const argocdApiVersion = "argoproj.io/v1alpha1";

/** Namespace of Argo CD, its AppProjects and its Applications. */
export const argocdNamespace = "argocd";

/** The cluster that Argo CD itself runs in, as a destination. */
export const inCluster = "https://kubernetes.default.svc";

/** Deletes the workloads of an Application before the Application (Argo CD user guide, "App Deletion"). */
export const cascadeFinalizer = "resources-finalizer.argocd.argoproj.io";

export type ApplicationSpec = IApplication["spec"];
export type AppProjectSpec = IAppProject["spec"];
