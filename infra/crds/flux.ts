import type { IImagePolicy } from "@kubernetes-models/flux-cd/image.toolkit.fluxcd.io/v1/ImagePolicy";
import type { IImageRepository } from "@kubernetes-models/flux-cd/image.toolkit.fluxcd.io/v1/ImageRepository";
import type { IImageUpdateAutomation } from "@kubernetes-models/flux-cd/image.toolkit.fluxcd.io/v1/ImageUpdateAutomation";
import type { IKustomization } from "@kubernetes-models/flux-cd/kustomize.toolkit.fluxcd.io/v1/Kustomization";
import type { IReceiver } from "@kubernetes-models/flux-cd/notification.toolkit.fluxcd.io/v1/Receiver";
import type { IAlert } from "@kubernetes-models/flux-cd/notification.toolkit.fluxcd.io/v1beta3/Alert";
import type { IProvider } from "@kubernetes-models/flux-cd/notification.toolkit.fluxcd.io/v1beta3/Provider";
import type { IGitRepository } from "@kubernetes-models/flux-cd/source.toolkit.fluxcd.io/v1/GitRepository";

/**
 * Groups and versions of Flux's custom resources: the newest that Flux 2.8 serves (the CRDs of source-controller 1.8.3,
 * kustomize-controller 1.8.4, notification-controller 1.8.4 and image-*-controller 1.1, from which the types are made).
 */
export const fluxApiVersions = {
  source: "source.toolkit.fluxcd.io/v1",
  kustomize: "kustomize.toolkit.fluxcd.io/v1",
  image: "image.toolkit.fluxcd.io/v1",
  /** Of a Receiver. */
  receiver: "notification.toolkit.fluxcd.io/v1",
  /** Of an Alert and its Provider, which have no `v1`. */
  alert: "notification.toolkit.fluxcd.io/v1beta3",
} as const;

/** Namespace of Flux's controllers; the objects of an environment are in the environment's own. */
export const fluxNamespace = "flux-system";

export type GitRepositorySpec = NonNullable<IGitRepository["spec"]>;
export type KustomizationSpec = NonNullable<IKustomization["spec"]>;
export type ReceiverSpec = NonNullable<IReceiver["spec"]>;
export type AlertSpec = NonNullable<IAlert["spec"]>;
export type ProviderSpec = NonNullable<IProvider["spec"]>;
export type ImageRepositorySpec = NonNullable<IImageRepository["spec"]>;
export type ImagePolicySpec = NonNullable<IImagePolicy["spec"]>;
export type ImageUpdateAutomationSpec = NonNullable<IImageUpdateAutomation["spec"]>;
