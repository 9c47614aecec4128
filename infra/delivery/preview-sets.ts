import type { IApplicationSet } from "@kubernetes-models/argo-cd/argoproj.io/v1alpha1/ApplicationSet";

import type { PreviewsConfig } from "../config/previews.ts";
import { cascadeFinalizer, inCluster } from "../crds/argocd.ts";
import { labels } from "../labels.ts";

import type { DeliveryEnvironment } from "./environment.ts";
import { quotaLimits } from "./namespace.ts";
import { previewGenerator } from "./preview-generator.ts";
import type { Generator } from "./preview-generator.ts";
import { guardProject, previewName, previewProject } from "./preview-names.ts";

export type ApplicationSetSpec = IApplicationSet["spec"];

export interface PreviewSetArgs {
  readonly config: PreviewsConfig;
  /** The environment whose overlays are previewed; its branch has what holds the previews. */
  readonly base: Pick<DeliveryEnvironment, "branch" | "applications">;
  readonly repository: string;
}

/** Seen from an overlay, `apps/<application>/overlays/<environment>`. */
const previewComponent = "../../../components/preview";

/** From the root of the repository. */
export const guardPath = "apps/components/preview-guard";

/**
 * Nothing can be made without the namespace, which another Application makes at the same time: the first try may fail.
 * About a minute in all (6, 12, 15, 15 and 15 s), because Argo CD deletes no Application before its last try.
 */
const retry = { limit: 5, backoff: { duration: "3s", factor: 2, maxDuration: "15s" } } as const;

const destination = { server: inCluster, namespace: previewName };

/** What the two sets have in common: an unknown field is an error, and what the generator drops is deleted. */
function applicationSet(generator: Generator, template: ApplicationSetSpec["template"]): ApplicationSetSpec {
  return {
    generators: [generator],
    goTemplate: true,
    goTemplateOptions: ["missingkey=error"],
    syncPolicy: { applicationsSync: "sync", preserveResourcesOnDeletion: false },
    template,
  };
}

/** For each preview one Application for each application: the overlay of the base as the pull request has it. */
export function previewSetSpec({ config, base, repository }: PreviewSetArgs): ApplicationSetSpec {
  const wanted = base.applications.filter(({ application }) => config.applications?.includes(application) ?? true);
  const elements = wanted.map(({ application, path }) => ({ application, overlay: path }));
  const generators = [previewGenerator(config, repository, base.branch), { list: { elements } }];
  return applicationSet(
    { matrix: { generators } },
    {
      metadata: {
        name: `${previewName}.{{ .application }}`,
        labels: { [labels.preview]: previewName, [labels.application]: "{{ .application }}" },
        finalizers: [cascadeFinalizer],
      },
      spec: {
        project: previewProject,
        source: {
          repoURL: repository,
          targetRevision: "{{ .head_sha }}",
          path: "{{ .overlay }}",
          kustomize: { namespace: previewName, components: [previewComponent] },
        },
        destination,
        syncPolicy: {
          automated: { prune: true, selfHeal: true },
          retry,
          syncOptions: ["FailOnSharedResource=true"],
        },
        revisionHistoryLimit: 3,
      },
    },
  );
}

/** Higher than one's own quota: these cost money or open a way in, and no preview needs them. */
const never = { "services.loadbalancers": "0", "services.nodeports": "0", "persistentvolumeclaims": "0" } as const;

/**
 * For each preview the Application that holds it. Its source is the branch of the base environment, never the pull
 * request, and the figures come from this program.
 */
export function guardSetSpec({ config, base, repository }: PreviewSetArgs): ApplicationSetSpec {
  const hard = { ...quotaLimits(config.quota), ...never };
  const patch = JSON.stringify([{ op: "replace", path: "/spec/hard", value: hard }]);
  return applicationSet(previewGenerator(config, repository, base.branch), {
    metadata: { name: previewName, labels: { [labels.preview]: previewName }, finalizers: [cascadeFinalizer] },
    spec: {
      project: guardProject,
      source: {
        repoURL: repository,
        targetRevision: base.branch,
        path: guardPath,
        kustomize: { namespace: previewName, patches: [{ target: { kind: "ResourceQuota" }, patch }] },
      },
      destination,
      syncPolicy: { automated: { prune: true, selfHeal: true }, retry, syncOptions: ["FailOnSharedResource=true"] },
      revisionHistoryLimit: 3,
    },
  });
}
