import type { FluxConfig } from "../config/gitops.ts";

import { compute, scraped } from "./pods.ts";
import type { ResourceRequirements } from "./pods.ts";
import { priorityClassName } from "./priority-class.ts";

interface Controller {
  readonly create: boolean;
}

interface InstalledController extends Controller {
  readonly create: true;
  readonly resources: ResourceRequirements;
  readonly priorityClassName: string;
  readonly annotations: Readonly<Record<string, string>>;
  /** Arguments beside the chart's own. */
  readonly container: { readonly additionalArgs: readonly string[] };
}

/**
 * The values that the platform sets (fluxcd-community/helm-charts, charts/flux2/values.yaml and templates at chart
 * 2.18.3). The chart has no disruption budget. Every controller runs once: the artifacts of source-controller are on
 * its leader alone, and the others only wait for their turn.
 */
export interface FluxValues {
  readonly installCRDs: boolean;
  readonly crds: { readonly annotations: Readonly<Record<string, string>> };
  readonly multitenancy: {
    readonly enabled: boolean;
    readonly defaultServiceAccount: string;
    readonly privileged: boolean;
  };
  readonly policies: { readonly create: boolean };
  readonly rbac: { readonly createAggregation: boolean };
  readonly sourceController: InstalledController;
  readonly kustomizeController: InstalledController;
  readonly notificationController: InstalledController;
  readonly imageReflectionController: Controller;
  readonly imageAutomationController: Controller;
  readonly helmController: Controller;
}

/** What a Kustomization without an account of its own acts as: it is in every namespace and has no rights. */
export const defaultServiceAccount = "default";

/**
 * What the chart's lockdown leaves out. `--no-remote-bases`: an overlay builds from the repository alone.
 * `CancelHealthCheckOnNewRevision`: without it a revert would wait until the failed release has timed out
 * (kustomize-controller 1.8.0, CHANGELOG.md and docs/README.md). `--concurrent`, default 4: a release holds its worker as
 * long as its health is waited for, up to `healthTimeout`, so that four analyses would stop every other application.
 */
const kustomizeArguments = [
  "--no-remote-bases=true",
  "--feature-gates=CancelHealthCheckOnNewRevision=true",
  "--concurrent=20",
];

export function fluxValues({ imageAutomation }: Pick<FluxConfig, "imageAutomation">): FluxValues {
  const image = imageAutomation === undefined ? { create: false } : installed("50m", "64Mi", "256Mi");
  return {
    installCRDs: true,
    // Losing the release must not lose every GitRepository and Kustomization, and with these the workloads.
    crds: { annotations: { "helm.sh/resource-policy": "keep" } },
    // No reference into another namespace, and no rights of its own for kustomize-controller: it impersonates.
    multitenancy: { enabled: true, defaultServiceAccount, privileged: false },
    policies: { create: true },
    // The owner of a namespace may see and change its Flux objects; the admission policy says in which bounds.
    rbac: { createAggregation: true },
    sourceController: installed("50m", "128Mi", "512Mi"),
    kustomizeController: installed("100m", "128Mi", "512Mi", kustomizeArguments),
    notificationController: installed("50m", "64Mi", "256Mi"),
    imageReflectionController: image,
    imageAutomationController: image,
    // Everything here is Kustomize.
    helmController: { create: false },
  };
}

function installed(
  cpu: string,
  memory: string,
  limit: string,
  additionalArgs: readonly string[] = [],
): InstalledController {
  return {
    create: true,
    resources: compute(cpu, memory, limit),
    priorityClassName,
    annotations: scraped(8080),
    container: { additionalArgs },
  };
}
