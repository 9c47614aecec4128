import type { AnalyzedResource } from "../../policies/analyzer/index.ts";

/** Marker of a value that only a deployment knows. */
export const unknown = "04da6b54-80e4-46f7-96ec-b56ff0331ba9";

const tags = { "gitops-stack": "test", "cost-center": "platform", "data-class": "confidential" };
const meta = (name: string, more: object = {}) => ({ name, namespace: "prod", ...more });
const labels = { "gitops.platform/environment": "prod" };

type Inputs = Readonly<Record<string, unknown>>;
type Sources = Readonly<Record<string, readonly string[]>>;

/** `<type>::<name>`, which cases name resources by. */
export function id({ type, name }: Pick<AnalyzedResource, "type" | "name">): string {
  return `${type}::${name}`;
}

export function urnOf(typeAndName: string): string {
  return `urn:pulumi:test::gitops-platform::${typeAndName}`;
}

function resource(type: string, name: string, inputs: Inputs, sources: Sources = {}): AnalyzedResource {
  const propertyDependencies = Object.fromEntries(Object.entries(sources).map(([key, ids]) => [key, ids.map(urnOf)]));
  return {
    urn: urnOf(`${type}::${name}`),
    type,
    name,
    inputs,
    dependencies: Object.values(propertyDependencies).flat(),
    propertyDependencies,
    protect: false,
    ignoreChanges: [],
  };
}

function object(type: string, name: string, inputs: Inputs): AnalyzedResource {
  const [, group = "", kind = ""] = type.split(":");
  return resource(type, name, { apiVersion: group.replace(/^core\//, ""), kind, ...inputs });
}

const cluster = {
  enabledClusterLogTypes: ["api", "audit", "authenticator"],
  deletionProtection: true,
  version: "1.36",
  upgradePolicy: { supportType: "STANDARD" },
  tags,
};

const network = {
  endpointPrivateAccess: true,
  endpointPublicAccess: true,
  publicAccessCidrs: ["203.0.113.0/24"],
};

const people = "arn:aws:iam::1:role/people";

const container = {
  name: "app",
  image: "ghcr.io/stefanprodan/podinfo:6.14.1",
  env: [{ name: "LEVEL", value: "info" }],
  resources: { requests: { cpu: "50m", memory: "64Mi" }, limits: { memory: "128Mi" } },
  securityContext: { runAsNonRoot: true, allowPrivilegeEscalation: false, capabilities: { drop: ["ALL"] } },
};

const application = (name: string, spec: object) =>
  object("kubernetes:argoproj.io/v1alpha1:Application", name, {
    metadata: { name: `${name}-prod`, namespace: "argocd", labels: { ...labels, "gitops.platform/application": name } },
    spec: {
      project: "prod",
      source: { repoURL: "https://example.com/platform.git", path: "apps/app/overlays/prod", targetRevision: "main" },
      destination: { server: "https://kubernetes.default.svc", namespace: "prod" },
      ...spec,
    },
  });

const kustomization = (name: string, spec: object) =>
  object("kubernetes:kustomize.toolkit.fluxcd.io/v1:Kustomization", name, {
    metadata: meta(`${name}-prod`, { labels: { ...labels, "gitops.platform/application": name } }),
    spec: {
      sourceRef: { kind: "GitRepository", name: "platform" },
      path: `./apps/${name}/overlays/prod`,
      serviceAccountName: "gitops-reconciler",
      targetNamespace: "prod",
      prune: true,
      ...spec,
    },
  });

const subnet = "aws:ec2/subnet:Subnet::private";
const table = "aws:ec2/routeTable:RouteTable::private";

/** Resources that violate nothing, one or more for every policy. */
export function happyPathArgs(): readonly AnalyzedResource[] {
  return [
    resource("pulumi:providers:aws", "aws", { region: "eu-central-1" }),
    resource("pulumi:providers:kubernetes", "kubernetes", { kubeconfig: '{"users":[{"user":{"exec":{}}}]}' }),
    resource("eks:index:Cluster", "main", {
      ...cluster,
      ...network,
      authenticationMode: "API",
      encryptionConfigKeyArn: unknown,
      skipDefaultNodeGroup: true,
      accessEntries: {},
      corednsAddonOptions: { enabled: false },
      kubeProxyAddonOptions: { enabled: true, version: "v1.36.0-eksbuild.17" },
      vpcCniOptions: { addonVersion: "v1.22.4-eksbuild.3" },
    }),
    resource("aws:eks/cluster:Cluster", "main", {
      ...cluster,
      vpcConfig: network,
      accessConfig: { authenticationMode: "API" },
      encryptionConfig: { provider: { keyArn: unknown }, resources: ["secrets"] },
    }),
    resource("aws:eks/addon:Addon", "dns", { addonName: "coredns", addonVersion: "v1.14.3-eksbuild.14", tags }),
    resource("aws:cloudwatch/logGroup:LogGroup", "logs", { retentionInDays: 400, tags }),
    resource("aws:kms/key:Key", "secrets", { enableKeyRotation: true, tags }),
    resource("aws:iam/role:Role", "nodes", { tags }),
    resource("aws:eks/accessEntry:AccessEntry", "people", { principalArn: people, kubernetesGroups: ["viewers"] }),
    resource("aws:eks/accessPolicyAssociation:AccessPolicyAssociation", "people", {
      principalArn: people,
      policyArn: "arn:aws:eks::aws:cluster-access-policy/AmazonEKSViewPolicy",
    }),
    resource("aws:ec2/internetGateway:InternetGateway", "internet", { tags }),
    resource("aws:ec2/routeTable:RouteTable", "private", { tags }),
    resource("aws:ec2/route:Route", "out", { natGatewayId: unknown }, { routeTableId: [table] }),
    resource("aws:ec2/subnet:Subnet", "private", { tags }),
    resource(
      "aws:ec2/routeTableAssociation:RouteTableAssociation",
      "private",
      {},
      { subnetId: [subnet], routeTableId: [table] },
    ),
    resource("aws:ec2/launchTemplate:LaunchTemplate", "nodes", {
      metadataOptions: { httpTokens: "required", httpPutResponseHopLimit: 1 },
      blockDeviceMappings: [{ deviceName: "/dev/xvda", ebs: { encrypted: "true" } }],
      tags,
    }),
    resource(
      "aws:eks/nodeGroup:NodeGroup",
      "nodes",
      {
        scalingConfig: { minSize: 2, desiredSize: 3, maxSize: 9 },
        launchTemplate: { id: unknown },
        subnetIds: [unknown],
        version: "1.36",
        tags,
      },
      { subnetIds: [subnet] },
    ),
    object("kubernetes:storage.k8s.io/v1:StorageClass", "disk", {
      metadata: { name: "disk" },
      provisioner: "ebs.csi.aws.com",
      parameters: { encrypted: "true" },
    }),
    resource("kubernetes:helm.sh/v3:Release", "keda", { chart: "keda", version: "2.20.2" }),
    resource("kubernetes-cert-manager:index:CertManager", "cert-manager", { helmOptions: { version: "v1.21.1" } }),
    object("kubernetes:argoproj.io/v1alpha1:AppProject", "prod", {
      metadata: { name: "prod", namespace: "argocd", labels },
      spec: {
        sourceRepos: ["https://example.com/platform.git"],
        destinations: [{ server: "https://kubernetes.default.svc", namespace: "prod" }],
        clusterResourceWhitelist: [],
        namespaceResourceWhitelist: [{ group: "apps", kind: "Deployment" }],
        roles: [{ name: "viewer", policies: ["p, proj:prod:viewer, applications, get, prod/app-prod, allow"] }],
        syncWindows: [
          {
            kind: "allow",
            schedule: "0 20 * * 1-5",
            duration: "1h",
            timeZone: "America/New_York",
            applications: ["core-trading-prod"],
          },
        ],
      },
    }),
    object("kubernetes:argoproj.io/v1alpha1:AppProject", "default", {
      metadata: { name: "default", namespace: "argocd" },
      spec: { sourceRepos: [], destinations: [], clusterResourceWhitelist: [] },
    }),
    object("kubernetes:core/v1:Secret", "cluster", {
      metadata: {
        name: "cluster-staging",
        namespace: "argocd",
        labels: { "argocd.argoproj.io/secret-type": "cluster" },
      },
      stringData: {
        name: "staging",
        server: "https://api.staging.example.com",
        namespaces: "staging",
        clusterResources: "false",
        config: JSON.stringify({ bearerToken: "token", tlsClientConfig: { insecure: false, caData: "Y2E=" } }),
      },
    }),
    object("kubernetes:argoproj.io/v1alpha1:AppProject", "previews", {
      metadata: { name: "previews", namespace: "argocd", labels: { "gitops.platform/preview": "true" } },
      spec: {
        sourceRepos: ["https://example.com/platform.git"],
        destinations: [{ server: "https://kubernetes.default.svc", namespace: "preview-*" }],
        clusterResourceWhitelist: [{ group: "", kind: "Namespace", name: "preview-*" }],
      },
    }),
    object("kubernetes:argoproj.io/v1alpha1:ApplicationSet", "previews", {
      metadata: { name: "previews", namespace: "argocd" },
      spec: {
        goTemplate: true,
        goTemplateOptions: ["missingkey=error"],
        generators: [
          {
            matrix: {
              generators: [
                { pullRequest: { github: { owner: "example", repo: "platform", labels: ["preview"] } } },
                { list: { elements: [{ application: "app" }] } },
              ],
            },
          },
        ],
        template: {
          metadata: { name: "preview-{{ .number }}" },
          spec: {
            project: "previews",
            source: { repoURL: "https://example.com/platform.git", targetRevision: "{{ .head_sha }}", path: "apps" },
            destination: { server: "https://kubernetes.default.svc", namespace: "preview-{{ .number }}" },
          },
        },
      },
    }),
    application("app", { syncPolicy: { automated: { prune: true, selfHeal: true } } }),
    application("core-trading", { syncPolicy: { automated: { prune: true, selfHeal: true } } }),
    object("kubernetes:source.toolkit.fluxcd.io/v1:GitRepository", "platform", {
      metadata: meta("platform", { labels }),
      spec: { url: "https://example.com/platform.git", ref: { branch: "main" }, interval: "1m" },
    }),
    kustomization("app", {}),
    kustomization("core-trading", { suspend: true }),
    object("kubernetes:core/v1:Namespace", "prod", {
      metadata: { name: "prod", labels: { ...labels, "pod-security.kubernetes.io/enforce": "restricted" } },
    }),
    object("kubernetes:core/v1:ResourceQuota", "quota", {
      metadata: meta("environment"),
      spec: { hard: { pods: "60" } },
    }),
    object("kubernetes:core/v1:LimitRange", "limits", {
      metadata: meta("container-defaults"),
      spec: { limits: [{ type: "Container", default: { memory: "256Mi" } }] },
    }),
    object("kubernetes:networking.k8s.io/v1:NetworkPolicy", "deny", {
      metadata: meta("default-deny"),
      spec: { podSelector: {}, policyTypes: ["Ingress", "Egress"] },
    }),
    object("kubernetes:rbac.authorization.k8s.io/v1:Role", "viewer", {
      metadata: meta("viewer"),
      rules: [{ apiGroups: [""], resources: ["pods"], verbs: ["get"] }],
    }),
    object("kubernetes:rbac.authorization.k8s.io/v1:RoleBinding", "viewer", {
      metadata: meta("viewer"),
      roleRef: { kind: "Role", name: "viewer" },
      subjects: [{ kind: "Group", name: "gitops-viewer" }],
    }),
    object("kubernetes:core/v1:ConfigMap", "settings", { metadata: meta("settings"), data: { level: "info" } }),
    object("kubernetes:tekton.dev/v1:Task", "build", {
      metadata: meta("build"),
      spec: {
        steps: [
          {
            name: "build",
            image: "docker.io/moby/buildkit:v0.32.2-rootless",
            securityContext: { runAsNonRoot: true, seccompProfile: { type: "Unconfined" } },
          },
        ],
      },
    }),
    object("kubernetes:triggers.tekton.dev/v1beta1:Trigger", "push", {
      metadata: meta("push"),
      spec: {
        interceptors: [
          {
            ref: { kind: "ClusterInterceptor", name: "github" },
            params: [{ name: "secretRef", value: { secretName: "github-webhook", secretKey: "secret" } }],
          },
        ],
      },
    }),
    object("kubernetes:triggers.tekton.dev/v1beta1:EventListener", "listener", {
      metadata: meta("listener"),
      spec: { triggers: [{ triggerRef: "push" }] },
    }),
    object("kubernetes:triggers.tekton.dev/v1beta1:TriggerTemplate", "release", {
      metadata: meta("release"),
      spec: {
        resourcetemplates: [
          {
            apiVersion: "tekton.dev/v1",
            kind: "PipelineRun",
            spec: { taskRunTemplate: { serviceAccountName: "release" } },
          },
        ],
      },
    }),
    object("kubernetes:apps/v1:Deployment", "app", {
      metadata: meta("app"),
      spec: { template: { spec: { containers: [container], volumes: [{ name: "data", emptyDir: {} }] } } },
    }),
    object("kubernetes:flagger.app/v1beta1:Canary", "app", {
      metadata: meta("app"),
      spec: {
        targetRef: { kind: "Deployment", name: "app" },
        analysis: {
          interval: "30s",
          threshold: 3,
          stepWeight: 10,
          maxWeight: 50,
          metrics: [{ name: "request-success-rate", thresholdRange: { min: 99 } }],
        },
      },
    }),
    object("kubernetes:keda.sh/v1alpha1:ScaledObject", "app", {
      metadata: meta("app"),
      spec: {
        scaleTargetRef: { name: "app" },
        minReplicaCount: 2,
        maxReplicaCount: 10,
        fallback: { failureThreshold: 3, replicas: 4 },
        triggers: [{ type: "prometheus", metadata: { query: "up", threshold: "1" } }],
      },
    }),
  ];
}

/** The same resources with one field set to a value, or removed by `undefined`; dots and numbers lead to the field. */
export function withChange(target: string, path: string, value: unknown): readonly AnalyzedResource[] {
  const resources = happyPathArgs();
  if (!resources.some((one) => id(one) === target)) throw new Error(`no resource ${target}`);
  return resources.map((one) => (id(one) === target ? { ...one, inputs: set(one.inputs, steps(path), value) } : one));
}

function set<T>(holder: T, [key, ...rest]: readonly string[], value: unknown): T {
  if (key === undefined) return value as T;
  const copy = (Array.isArray(holder) ? [...(holder as unknown[])] : { ...(holder as object) }) as Record<
    string,
    unknown
  >;
  if (rest.length === 0 && value === undefined) delete copy[key];
  else copy[key] = set(copy[key] ?? {}, rest, value);
  return copy as T;
}

function steps(path: string): readonly string[] {
  return path.split("/").map((step) => step.replaceAll("~", "/"));
}
