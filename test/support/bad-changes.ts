import type { Edit } from "./project-copy.ts";

/** A change to this project that no deployment may pass, and how the verdict must word it. */
export interface BadChange {
  readonly name: string;
  readonly edit: Edit;
  readonly policy: string;
  /** Part of what is blamed: a URN, or an overlay with its object. */
  readonly resource: string;
  readonly reason: string;
}

const expired = `
- policy: required-tags
  resource: "aws:kms/key:Key::*"
  owner: platform
  reason: The tags of the old account come with its move
  expires: 2026-01-31
`;

/** What `gitops plan prod`, and the real engine where its plugins are, must refuse. */
export const badChanges: readonly BadChange[] = [
  {
    name: "a wildcard in an AppProject",
    edit: {
      file: "infra/delivery/app-project.ts",
      from: "clusterResourceWhitelist: []",
      to: 'clusterResourceWhitelist: [{ group: "*", kind: "*" }]',
    },
    policy: "argocd-no-wildcards",
    resource: "AppProject::prod-project",
    reason: 'spec.clusterResourceWhitelist[0].kind is "*"',
  },
  {
    name: "an endpoint that the whole world reaches",
    edit: { file: "Pulumi.prod.yaml", from: "203.0.113.0/24", to: "0.0.0.0/0" },
    policy: "eks-endpoint-closed",
    resource: "eks:index:Cluster::",
    reason: "0.0.0.0/0",
  },
  {
    name: "an Application outside its project",
    edit: {
      file: "infra/delivery/application.ts",
      from: "destination(environment.namespace, environment.remoteCluster)",
      to: 'destination("kube-system")',
    },
    policy: "argocd-application-in-project",
    resource: "Application::core-trading-prod",
    reason: "kube-system",
  },
  {
    name: "an image without a version",
    edit: {
      file: "apps/app/overlays/prod/kustomization.yaml",
      from: /newTag: \S+/,
      to: "newTag: latest",
    },
    policy: "image-pinned",
    resource: "apps/app/overlays/prod: Deployment/app",
    reason: "podinfo:latest",
  },
  {
    name: "a waiver that has expired",
    edit: {
      file: "policies/waivers.yaml",
      from: "- policy: namespace-default-deny\n  resource: kubernetes:core/v1:Namespace::argocd-namespace",
      to: `${expired.trimStart()}- policy: namespace-default-deny\n  resource: kubernetes:core/v1:Namespace::argocd-namespace`,
    },
    policy: "waivers-valid",
    resource: "",
    reason: "expired on 2026-01-31",
  },
];
