/** A change to the happy path and what a policy says of it. */
export interface Case {
  readonly policy: string;
  /** `<type>::<name>` of the resource that is changed. */
  readonly target: string;
  /** Field in its inputs, steps divided by `/`. */
  readonly path: string;
  readonly value: unknown;
  readonly says: string;
  /** The resource that is at fault, where it is not the changed one. */
  readonly blames?: string;
}

type Row = readonly [policy: string, target: string, path: string, value: unknown, says: string, blames?: string];

const component = "eks:index:Cluster::main";
const child = "aws:eks/cluster:Cluster::main";
const nodes = "aws:eks/nodeGroup:NodeGroup::nodes";
const template = "aws:ec2/launchTemplate:LaunchTemplate::nodes";
const project = "kubernetes:argoproj.io/v1alpha1:AppProject::prod";
const app = "kubernetes:argoproj.io/v1alpha1:Application::app";
const previews = "kubernetes:argoproj.io/v1alpha1:AppProject::previews";
const remote = "kubernetes:core/v1:Secret::cluster";
const previewSet = "kubernetes:argoproj.io/v1alpha1:ApplicationSet::previews";
const trading = "kubernetes:argoproj.io/v1alpha1:Application::core-trading";
const deployment = "kubernetes:apps/v1:Deployment::app";
const container = "spec/template/spec/containers/0";
const canary = "kubernetes:flagger.app/v1beta1:Canary::app";
const scaled = "kubernetes:keda.sh/v1alpha1:ScaledObject::app";
const role = "kubernetes:rbac.authorization.k8s.io/v1:Role::viewer";
const binding = "kubernetes:rbac.authorization.k8s.io/v1:RoleBinding::viewer";
const namespace = "kubernetes:core/v1:Namespace::prod";
const quota = "kubernetes:core/v1:ResourceQuota::quota";
const limits = "kubernetes:core/v1:LimitRange::limits";
const deny = "kubernetes:networking.k8s.io/v1:NetworkPolicy::deny";
const window = "spec/syncWindows/0";
const source = "kubernetes:source.toolkit.fluxcd.io/v1:GitRepository::platform";
const kustomization = "kubernetes:kustomize.toolkit.fluxcd.io/v1:Kustomization::app";
const waiting = "kubernetes:kustomize.toolkit.fluxcd.io/v1:Kustomization::core-trading";
const admin = "arn:aws:eks::aws:cluster-access-policy/AmazonEKSClusterAdminPolicy";

const task = "kubernetes:tekton.dev/v1:Task::build";
const trigger = "kubernetes:triggers.tekton.dev/v1beta1:Trigger::push";
const listener = "kubernetes:triggers.tekton.dev/v1beta1:EventListener::listener";
const runs = "kubernetes:triggers.tekton.dev/v1beta1:TriggerTemplate::release";

const rows: readonly Row[] = [
  ["ci-listener-verified", trigger, "spec/interceptors", [], "it checks no signature first"],
  ["ci-listener-verified", trigger, "spec/interceptors/0/ref/name", "cel", "it checks no signature first"],
  ["ci-listener-verified", trigger, "spec/interceptors/0/params", [], "with no Secret"],
  ["ci-listener-verified", trigger, "spec/interceptors/0/params/0/value/secretKey", "", "with no Secret"],
  ["ci-listener-verified", listener, "spec/triggers", [{ name: "open" }], "open checks no signature first"],
  ["ci-listener-verified", listener, "spec/triggerGroups", [{ name: "all" }], "all checks no signature first"],
  ["ci-run-account", runs, "spec/resourcetemplates/0/spec/taskRunTemplate", undefined, 'account "default"'],
  ["ci-image-pinned", task, "spec/steps/0/image", "docker.io/moby/buildkit:latest", "steps[0] runs"],
  ["ci-image-pinned", task, "spec/sidecars", [{ image: "docker" }], 'sidecars[0] runs "docker"'],
  ["ci-step-unprivileged", task, "spec/steps/0/securityContext/privileged", true, "steps[0] is privileged"],
  ["ci-step-unprivileged", task, "spec/steps/0/securityContext/runAsNonRoot", undefined, "steps[0] may run as root"],

  ["flux-source-pinned", source, "spec/ref/branch", "HEAD", 'ref.branch is "HEAD"'],
  ["flux-source-pinned", source, "spec/ref", undefined, "ref.branch is nothing"],
  ["flux-kustomization-bounded", kustomization, "spec/serviceAccountName", undefined, "serviceAccountName is nothing"],
  ["flux-kustomization-bounded", kustomization, "spec/serviceAccountName", "default", 'is "default"'],
  ["flux-kustomization-bounded", kustomization, "spec/targetNamespace", "dev", 'targetNamespace is "dev"'],
  [
    "flux-kustomization-bounded",
    kustomization,
    "spec/sourceRef/namespace",
    "flux-system",
    'sourceRef is in namespace "flux-system"',
  ],
  [
    "flux-kustomization-bounded",
    kustomization,
    "spec/dependsOn",
    [{ name: "x", namespace: "dev" }],
    "dependsOn[0] is in",
  ],
  ["flux-kustomization-bounded", kustomization, "spec/kubeConfig", { secretRef: { name: "x" } }, "another cluster"],
  ["flux-prune", kustomization, "spec/prune", false, "prune is false"],
  [
    "flux-no-auto-sync",
    kustomization,
    "metadata/labels/gitops.platform~environment",
    "staging",
    "by itself in staging",
  ],
  ["flux-approval-required", waiting, "spec/suspend", undefined, "at any time in prod"],
  ["flux-approval-required", waiting, "spec/suspend", false, "at any time in prod"],
  [
    "flux-no-removed-versions",
    source,
    "apiVersion",
    "source.toolkit.fluxcd.io/v1beta2",
    "Flux 2.8 and later serve no GitRepository",
  ],
  [
    "flux-no-removed-versions",
    kustomization,
    "apiVersion",
    "kustomize.toolkit.fluxcd.io/v1beta2",
    "write kustomize.toolkit.fluxcd.io/v1,",
  ],

  ["eks-api-authentication", component, "authenticationMode", "CONFIG_MAP", '"CONFIG_MAP", not "API"'],
  ["eks-api-authentication", child, "accessConfig/authenticationMode", undefined, "mode is nothing"],
  ["eks-endpoint-closed", component, "publicAccessCidrs", ["0.0.0.0/0"], "open to the world"],
  ["eks-endpoint-closed", component, "publicAccessCidrs", undefined, "open to the world"],
  ["eks-endpoint-closed", component, "publicAccessCidrs", ["10.0.0.0/8"], "wider than a /16"],
  ["eks-endpoint-closed", component, "endpointPrivateAccess", false, "private endpoint is off"],
  ["eks-endpoint-closed", child, "vpcConfig/publicAccessCidrs", ["::/0"], "open to the world"],
  ["eks-control-plane-logs", component, "enabledClusterLogTypes", ["api"], '"audit", "authenticator" are off'],
  ["eks-control-plane-logs", child, "enabledClusterLogTypes", undefined, '"api", "audit", "authenticator" are off'],
  ["log-retention", "aws:cloudwatch/logGroup:LogGroup::logs", "retentionInDays", 30, "kept 30 days, not 365"],
  ["eks-secrets-encryption", component, "encryptionConfigKeyArn", undefined, "encryptionConfigKeyArn is not set"],
  ["eks-secrets-encryption", child, "encryptionConfig", undefined, "names no key"],
  ["kms-key-rotation", "aws:kms/key:Key::secrets", "enableKeyRotation", false, "enableKeyRotation is not true"],
  ["encrypted-volumes", template, "blockDeviceMappings/0/ebs/encrypted", "false", '"/dev/xvda" is not encrypted'],
  ["encrypted-volumes", "kubernetes:storage.k8s.io/v1:StorageClass::disk", "parameters", {}, "not encrypted"],
  ["node-group-bounds", nodes, "scalingConfig/minSize", 1, "minSize 1 is below 2"],
  ["node-group-bounds", nodes, "scalingConfig/maxSize", 500, "maxSize 500 is above 50"],
  ["node-group-bounds", nodes, "scalingConfig/desiredSize", 12, "out of order"],
  ["node-group-bounds", nodes, "scalingConfig", undefined, "minSize nothing"],
  ["node-group-bounds", component, "skipDefaultNodeGroup", undefined, "default node group without bounds"],
  ["node-group-private", "aws:ec2/subnet:Subnet::private", "mapPublicIpOnLaunch", true, "public addresses", nodes],
  ["imds-v2", template, "metadataOptions/httpTokens", "optional", 'httpTokens is "optional"'],
  ["imds-v2", template, "metadataOptions/httpPutResponseHopLimit", 2, "hop limit is 2, not 1"],
  ["imds-v2", nodes, "launchTemplate", undefined, "no launch template"],
  ["kubernetes-version", component, "version", undefined, "no Kubernetes version is pinned"],
  ["kubernetes-version", child, "version", "1.28", '"1.28" is none of'],
  ["kubernetes-version", component, "upgradePolicy/supportType", "EXTENDED", '"EXTENDED"'],
  ["add-on-versions", "aws:eks/addon:Addon::dns", "addonVersion", undefined, "coredns is nothing, not a build"],
  ["add-on-versions", component, "vpcCniOptions/addonVersion", "latest", '"latest", not a build'],
  ["add-on-versions", component, "kubeProxyAddonOptions/version", "v1.35.3-eksbuild.2", "does not belong"],
  ["eks-deletion-protection", component, "deletionProtection", false, "deletionProtection is false"],
  ["eks-deletion-protection", child, "deletionProtection", undefined, "deletionProtection is nothing"],
  ["required-tags", "aws:iam/role:Role::nodes", "tags/data-class", undefined, 'tag "data-class" missing'],
  ["required-tags", component, "tags", {}, 'tags "gitops-stack", "cost-center", "data-class" missing'],
  ["no-static-credentials", "pulumi:providers:aws::aws", "accessKey", "AKIA0000", "is given accessKey"],
  [
    "no-static-credentials",
    "pulumi:providers:kubernetes::kubernetes",
    "kubeconfig",
    '{"token":"x"}',
    "carries a credential",
  ],

  ["argocd-no-default-project", app, "spec/project", undefined, "in project `default`"],
  [
    "argocd-no-default-project",
    "kubernetes:argoproj.io/v1alpha1:AppProject::default",
    "spec/destinations",
    [{ server: "https://kubernetes.default.svc", namespace: "prod" }],
    "still allows something in destinations",
  ],
  ["argocd-no-wildcards", project, "spec/sourceRepos", ["*"], 'spec.sourceRepos[0] is "*"'],
  ["argocd-no-wildcards", project, "spec/destinations/0/namespace", "*", 'spec.destinations[0].namespace is "*"'],
  ["argocd-no-wildcards", project, "spec/namespaceResourceWhitelist/0/kind", "*", "namespaceResourceWhitelist[0].kind"],
  [
    "argocd-no-wildcards",
    project,
    "spec/roles/0/policies",
    ["p, proj:prod:viewer, applications, *, prod/app, allow"],
    "spec.roles[0].policies[0]",
  ],
  ["argocd-no-wildcards", project, "spec/destinations/0/namespace", "preview-*", 'namespace is "preview-*"'],
  ["argocd-no-wildcards", previews, "metadata/labels", {}, 'namespace is "preview-*"'],
  ["argocd-no-wildcards", previews, "spec/destinations/0/namespace", "*", 'namespace is "*"'],
  ["argocd-no-wildcards", previews, "spec/clusterResourceWhitelist/0/name", "p*", 'name is "p*"'],
  ["argocd-no-wildcards", previews, "spec/sourceRepos/0", "preview-*", 'sourceRepos[0] is "preview-*"'],
  ["argocd-application-in-project", previewSet, "spec/template/spec/project", "other", '"other" is not declared'],
  [
    "argocd-application-in-project",
    previewSet,
    "spec/template/spec/source/repoURL",
    "https://evil.example",
    "is not among",
  ],
  [
    "argocd-application-in-project",
    previewSet,
    "spec/template/spec/destination/namespace",
    "{{ .branch }}",
    "is not among",
  ],
  ["argocd-cluster-bounded", remote, "stringData/namespaces", "", "the whole cluster"],
  ["argocd-cluster-bounded", remote, "stringData/clusterResources", "true", "what is in no namespace"],
  ["argocd-cluster-bounded", remote, "stringData/server", "http://api", "no https address"],
  ["argocd-cluster-bounded", remote, "stringData/config", '{"bearerToken":"t"}', "certificate is not checked"],
  [
    "argocd-cluster-bounded",
    remote,
    "stringData/config",
    '{"username":"admin","tlsClientConfig":{"caData":"Y2E=","keyData":"a2V5"}}',
    "it logs in with a password",
  ],
  ["argocd-application-set-bounded", previewSet, "spec/goTemplateOptions", [], "missing value"],
  ["argocd-application-set-bounded", previewSet, "spec/goTemplate", undefined, "missing value"],
  ["argocd-application-set-bounded", previewSet, "spec/template/spec/project", "{{ .author }}", "is a template"],
  [
    "argocd-application-set-bounded",
    previewSet,
    "spec/generators/0/matrix/generators/0/pullRequest/github/labels",
    undefined,
    "every open pull request",
  ],
  [
    "argocd-application-set-bounded",
    previewSet,
    "spec/generators",
    [{ pullRequest: { github: { owner: "example", repo: "platform", labels: [] } } }],
    "every open pull request",
  ],
  ["argocd-application-in-project", app, "spec/source/repoURL", "https://evil.example/x.git", "is not among"],
  ["argocd-application-in-project", app, "spec/destination/namespace", "kube-system", "is not among"],
  ["argocd-application-in-project", app, "spec/project", "other", '"other" is not declared'],
  ["argocd-automated-sync", app, "spec/syncPolicy/automated/prune", false, "without prune"],
  ["argocd-automated-sync", app, "spec/syncPolicy/automated/selfHeal", undefined, "without selfHeal"],
  ["argocd-automated-sync", app, "spec/syncPolicy", undefined, "nothing syncs it in prod"],
  ["argocd-window-required", project, "spec/syncWindows", [], "may sync at any time", trading],
  ["argocd-window-required", project, `${window}/kind`, "deny", "may sync at any time", trading],
  ["argocd-window-valid", project, `${window}/timeZone`, "Mars/Olympus", '.timeZone is "Mars/Olympus"'],
  ["argocd-window-valid", project, `${window}/duration`, "2d", '.duration is "2d"'],
  ["argocd-window-valid", project, `${window}/duration`, "48h", "longer than 24 hours"],
  ["argocd-window-valid", project, `${window}/schedule`, "0 20 * *", ".schedule is"],
  ["argocd-window-valid", project, `${window}/applications`, [], "has no selector"],
  ["argocd-no-auto-sync", app, "metadata/labels/gitops.platform~environment", "staging", "by itself in staging"],
  ["chart-versions", "kubernetes:helm.sh/v3:Release::keda", "version", "^2.0.0", '"^2.0.0"'],
  ["chart-versions", "kubernetes:helm.sh/v3:Release::keda", "version", undefined, "is nothing"],
  ["chart-versions", "kubernetes-cert-manager:index:CertManager::cert-manager", "helmOptions/version", "v1", '"v1"'],
  [
    "chart-versions",
    app,
    "spec/source",
    { repoURL: "https://example.com/platform.git", chart: "x", targetRevision: "*" },
    '"*"',
  ],
  ["argocd-no-head", app, "spec/source/targetRevision", "HEAD", 'is "HEAD"'],
  ["argocd-no-head", app, "spec/source/targetRevision", undefined, "is nothing"],

  ["rbac-no-wildcards", role, "rules/0/verbs", ["*"], 'rules[0].verbs is ["*"]'],
  ["rbac-no-cluster-admin", binding, "roleRef/name", "cluster-admin", "given to Group gitops-viewer"],
  ["rbac-no-cluster-admin", binding, "subjects/0/name", "system:masters", "system:masters is a subject"],
  [
    "access-no-cluster-admin",
    component,
    "accessEntries/admin",
    { principalArn: "arn:aws:iam::1:role/a", accessPolicies: { cluster: { policyArn: admin } } },
    "arn:aws:iam::1:role/a has AmazonEKSClusterAdminPolicy",
  ],
  [
    "access-no-cluster-admin",
    "aws:eks/accessEntry:AccessEntry::people",
    "kubernetesGroups",
    ["system:masters"],
    "arn:aws:iam::1:role/people is in system:masters",
  ],
  [
    "access-no-cluster-admin",
    "aws:eks/accessPolicyAssociation:AccessPolicyAssociation::people",
    "policyArn",
    admin,
    "arn:aws:iam::1:role/people has AmazonEKSClusterAdminPolicy",
  ],
  [
    "no-plain-secrets",
    "kubernetes:core/v1:ConfigMap::settings",
    "data/db-password",
    "hunter2",
    '"db-password" is a literal',
  ],
  [
    "no-plain-secrets",
    deployment,
    `${container}/env/0`,
    { name: "API_TOKEN", value: "abc" },
    '"API_TOKEN" is a literal',
  ],
  ["namespace-pod-security", namespace, "metadata/labels", {}, "enforces nothing"],
  ["namespace-default-deny", deny, "spec/policyTypes", ["Ingress"], '"prod" has no default-deny', namespace],
  ["namespace-quota", quota, "metadata/namespace", "dev", '"prod" has no ResourceQuota', namespace],
  ["namespace-quota", limits, "metadata/namespace", "dev", '"prod" has no LimitRange', namespace],
  ["namespace-default-deny", deny, "metadata/namespace", "dev", '"prod" has no default-deny', namespace],
  ["workload-resources", deployment, `${container}/resources/limits`, undefined, "has no limits.memory"],
  [
    "workload-resources",
    deployment,
    `${container}/resources`,
    {},
    "has no requests.cpu, requests.memory, limits.memory",
  ],
  ["workload-non-root", deployment, `${container}/securityContext/runAsNonRoot`, undefined, "may run as root"],
  ["workload-non-root", deployment, `${container}/securityContext/allowPrivilegeEscalation`, undefined, "may escalate"],
  ["workload-non-root", deployment, `${container}/securityContext/runAsUser`, 0, "runs as user 0"],
  ["workload-no-privileged", deployment, `${container}/securityContext/privileged`, true, "is privileged"],
  [
    "workload-no-privileged",
    deployment,
    `${container}/securityContext/capabilities`,
    { drop: ["ALL"], add: ["SYS_ADMIN"] },
    "adds SYS_ADMIN",
  ],
  [
    "workload-no-host",
    deployment,
    "spec/template/spec/volumes/0",
    { name: "logs", hostPath: { path: "/var" } },
    '"/var" of the node',
  ],
  ["workload-no-host", deployment, "spec/template/spec/hostNetwork", true, "hostNetwork is true"],
  ["image-pinned", deployment, `${container}/image`, "ghcr.io/stefanprodan/podinfo:latest", "podinfo:latest"],
  ["image-pinned", deployment, `${container}/image`, "registry:5000/podinfo", "registry:5000/podinfo"],

  ["canary-thresholds", canary, "spec/skipAnalysis", true, "skipAnalysis promotes without looking"],
  ["canary-thresholds", canary, "spec/analysis/interval", "5s", "not 10s or longer"],
  ["canary-thresholds", canary, "spec/analysis/threshold", 50, "not 1 to 10"],
  ["canary-thresholds", canary, "spec/analysis/maxWeight", 100, "up to 100 percent"],
  ["canary-thresholds", canary, "spec/analysis/stepWeight", 60, "steps of 60 percent"],
  ["canary-thresholds", canary, "spec/analysis/iterations", 1, "fewer than 3"],
  ["canary-thresholds", canary, "spec/analysis/metrics", [], "every release would pass"],
  ["canary-thresholds", canary, "spec/analysis/metrics/0/thresholdRange", undefined, "has no thresholdRange"],
  ["canary-thresholds", canary, "spec/analysis/metrics/0/thresholdRange/min", 50, "accepts 50 percent"],
  ["scaled-object-bounds", scaled, "spec/minReplicaCount", undefined, "minReplicaCount is nothing"],
  ["scaled-object-bounds", scaled, "spec/maxReplicaCount", 1000, "maxReplicaCount is 1000"],
  ["scaled-object-bounds", scaled, "spec/fallback", undefined, "no fallback"],
  ["scaled-object-bounds", scaled, "spec/fallback/replicas", 20, "fallback.replicas 20 is outside"],
  ["scaled-object-bounds", scaled, "spec/triggers/0/metadata/metricName", "x", "is no longer read"],
  ["no-replicas-beside-scaler", deployment, "spec/replicas", 3, "spec.replicas is 3 beside"],
];

/** Every policy at the least once; fields whose key has a slash write it as `~`. */
export const cases: readonly Case[] = rows.map(([policy, target, path, value, says, blames]) => ({
  policy,
  target,
  path,
  value,
  says,
  ...(blames === undefined ? {} : { blames }),
}));

/** Settings of the cases: those of production, with the defaults where these are sharper to test. */
export const settings = {
  "log-retention": { days: 365 },
  "node-group-bounds": { minSize: 2, maxSize: 50 },
  "eks-deletion-protection": { required: true },
  "required-tags": { tags: ["gitops-stack", "cost-center", "data-class"] },
  "scaled-object-bounds": { minReplicas: 2 },
} as const;
