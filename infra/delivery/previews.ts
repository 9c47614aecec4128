import { CustomResource } from "@pulumi/kubernetes/apiextensions/customResource.js";
import { ComponentResource } from "@pulumi/pulumi/resource.js";
import type { ComponentResourceOptions, ProviderResource, Resource } from "@pulumi/pulumi/resource.js";

import { argocdApiVersion, argocdNamespace } from "../crds/argocd.ts";
import type { AppProjectSpec } from "../crds/argocd.ts";
import { labels } from "../labels.ts";

import { createPreviewAdmission } from "./preview-admission.ts";
import { guardProject, previewProject } from "./preview-names.ts";
import { guardProjectSpec, previewProjectSpec } from "./preview-projects.ts";
import { guardSetSpec, previewSetSpec } from "./preview-sets.ts";
import type { ApplicationSetSpec, PreviewSetArgs } from "./preview-sets.ts";

export interface PreviewsArgs extends PreviewSetArgs {
  readonly provider: ProviderResource;
  /** The controllers: they must outlive every Application, whose finalizers they handle. */
  readonly controllers: readonly Resource[];
}

/**
 * Environments of pull requests: two AppProjects, the admission policy between previews, and the ApplicationSets that
 * make and delete the Applications. docs/decisions/0007 says why there are two of each.
 */
export class Previews extends ComponentResource {
  public constructor(args: PreviewsArgs, options?: ComponentResourceOptions) {
    super("gitops:delivery:Previews", "previews", {}, options);
    const { repository, controllers } = args;
    const child = { parent: this, provider: args.provider };
    const ready = { ...child, dependsOn: [...controllers] };
    const object = (name: string) => ({ name, namespace: argocdNamespace, labels: { [labels.preview]: "true" } });
    const project = (name: string, spec: AppProjectSpec) =>
      new CustomResource(
        `${name}-project`,
        { apiVersion: argocdApiVersion, kind: "AppProject", metadata: object(name), spec },
        ready,
      );
    const projects = [
      project(guardProject, guardProjectSpec(repository)),
      project(previewProject, previewProjectSpec(repository)),
    ];
    // Made last and deleted first: with it go its Applications, which need the projects and the controllers for that.
    const dependsOn = [...projects, ...createPreviewAdmission(child), ...controllers];
    const set = (name: string, spec: ApplicationSetSpec) =>
      new CustomResource(
        name,
        { apiVersion: argocdApiVersion, kind: "ApplicationSet", metadata: object(name), spec },
        { ...child, dependsOn },
      );
    set(guardProject, guardSetSpec(args));
    set(previewProject, previewSetSpec(args));
    this.registerOutputs({});
  }
}
