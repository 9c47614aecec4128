import { fluxApiVersions } from "./flux.ts";

/** From which release of Flux on something holds. */
interface Removal {
  /** The version is served no more. */
  readonly removed: string;
  /** Where this is said. */
  readonly source: string;
}

/**
 * When beta versions went (CHANGELOG.md of each controller, "Remove deprecated APIs"). A controller 1.N belongs to Flux
 * 2.N (source, kustomize, notification); image-automation-controller 1.0 to Flux 2.7 and 1.2 to Flux 2.9.
 */
const removals: Readonly<Record<string, Removal>> = {
  "source.toolkit.fluxcd.io/v1beta1": { removed: "2.7", source: "source-controller 1.7.0" },
  "source.toolkit.fluxcd.io/v1beta2": { removed: "2.8", source: "source-controller 1.8.0" },
  "kustomize.toolkit.fluxcd.io/v1beta1": { removed: "2.7", source: "kustomize-controller 1.7.0" },
  "kustomize.toolkit.fluxcd.io/v1beta2": { removed: "2.8", source: "kustomize-controller 1.8.0" },
  "notification.toolkit.fluxcd.io/v1beta1": { removed: "2.7", source: "notification-controller 1.7.0" },
  "notification.toolkit.fluxcd.io/v1beta2": { removed: "2.9", source: "notification-controller 1.9.0" },
  "image.toolkit.fluxcd.io/v1beta1": { removed: "2.7", source: "image-automation-controller 1.0.0" },
  "image.toolkit.fluxcd.io/v1beta2": { removed: "2.9", source: "image-automation-controller 1.2.0" },
};

/** What to write instead, and since when it is there (the same files, "promoted from"). */
const replacements: Readonly<Record<string, { readonly apiVersion: string; readonly since: string }>> = {
  GitRepository: { apiVersion: fluxApiVersions.source, since: "2.0" },
  HelmRepository: { apiVersion: fluxApiVersions.source, since: "2.3" },
  HelmChart: { apiVersion: fluxApiVersions.source, since: "2.3" },
  Bucket: { apiVersion: fluxApiVersions.source, since: "2.4" },
  OCIRepository: { apiVersion: fluxApiVersions.source, since: "2.6" },
  Kustomization: { apiVersion: fluxApiVersions.kustomize, since: "2.0" },
  Receiver: { apiVersion: fluxApiVersions.receiver, since: "2.0" },
  Alert: { apiVersion: fluxApiVersions.alert, since: "2.2" },
  Provider: { apiVersion: fluxApiVersions.alert, since: "2.2" },
  ImageRepository: { apiVersion: fluxApiVersions.image, since: "2.7" },
  ImagePolicy: { apiVersion: fluxApiVersions.image, since: "2.7" },
  ImageUpdateAutomation: { apiVersion: fluxApiVersions.image, since: "2.7" },
};

/**
 * What is wrong with a version of Flux's API, and what to write instead.
 * @returns undefined for every version that is not removed, and for what is not Flux's
 */
export function removedFluxVersion({
  apiVersion,
  kind,
}: {
  readonly apiVersion: string;
  readonly kind: string;
}): { readonly reason: string; readonly replacement: string } | undefined {
  const removal = removals[apiVersion];
  if (removal === undefined) return undefined;
  const replacement = replacements[kind];
  const [group = ""] = apiVersion.split("/");
  return {
    reason: `${apiVersion} is removed: Flux ${removal.removed} and later serve no ${kind} of it (${removal.source})`,
    replacement:
      replacement === undefined
        ? `write the version that \`kubectl api-resources --api-group=${group}\` shows`
        : `write ${replacement.apiVersion}, which there is since Flux ${replacement.since}`,
  };
}
