/**
 * Every chart and image version of the platform, exact; each comment names where it was read. Renovate raises them
 * (renovate.json), a test refuses ranges and `latest`. Versions of the tools that the local platform builds are in
 * `local/tools/<name>/go.mod`.
 */

/** A chart in a Helm repository, or in a registry where `repository` starts with `oci://`. */
export interface ChartVersion {
  readonly chart: string;
  readonly repository: string;
  readonly version: string;
}

export const charts = {
  argocd: {
    chart: "argo-cd",
    repository: "https://argoproj.github.io/argo-helm",
    // The newest chart that a source pairs with Argo CD 3.5: argoproj/argo-helm, release argo-cd-10.10.2 (appVersion
    // v3.5.4). Values were read in charts/argo-cd/values.yaml at argo-cd-10.1.1; a chart's minor versions keep them
    // (CONTRIBUTING.md, "Versioning").
    version: "10.10.2",
  },
  flux: {
    chart: "flux2",
    repository: "https://fluxcd-community.github.io/helm-charts",
    // fluxcd-community/helm-charts, charts/flux2/Chart.yaml of 2026-04-15 (appVersion 2.8.5; its controllers are
    // source-controller 1.8, kustomize-controller 1.8 and notification-controller 1.8).
    version: "2.18.3",
  },
  flagger: {
    chart: "flagger",
    repository: "https://flagger.app",
    // fluxcd/flagger, charts/flagger/Chart.yaml at v1.44.0. (The Go module ends at v1.36.1, which the local platform
    // builds; the Canary API is v1beta1 in both.)
    version: "1.44.0",
  },
  flaggerLoadtester: {
    chart: "loadtester",
    repository: "https://flagger.app",
    // fluxcd/flagger, charts/loadtester/Chart.yaml (appVersion 0.38.0) at the commit after v1.44.0.
    version: "0.38.0",
  },
  keda: {
    chart: "keda",
    repository: "https://kedacore.github.io/charts",
    // kedacore/charts, keda/Chart.yaml at v2.20.2 (appVersion 2.20.2, as on the local platform).
    version: "2.20.2",
  },
  prometheus: {
    chart: "prometheus",
    repository: "https://prometheus-community.github.io/helm-charts",
    // prometheus-community/helm-charts, charts/prometheus/Chart.yaml of 2026-08-22 (appVersion v3.14.0).
    version: "29.27.0",
  },
  certManager: {
    chart: "cert-manager",
    repository: "https://charts.jetstack.io",
    // cert-manager/cert-manager, tag v1.21.1; repository and chart name are the defaults of
    // pulumi/pulumi-kubernetes-cert-manager, provider/pkg/provider/chart.go. Its versions start with `v`.
    version: "v1.21.1",
  },
  tektonOperator: {
    chart: "tekton-operator",
    // tektoncd/operator, charts/tekton-operator/README.md: published as an OCI artifact since v0.80.0, its version that of
    // the release without `v`.
    repository: "oci://ghcr.io/tektoncd/operator/charts",
    // tektoncd/operator, tag v0.81.1; its components.yaml: Pipelines v1.15.0, Triggers v0.37.0, Chains v0.29.1, Pruner
    // v0.4.1.
    version: "0.81.1",
  },
  jxGitOperator: {
    chart: "jx-git-operator",
    // jenkins-x/jx-git-operator, README.md, "Installing the hard way".
    repository: "https://jenkins-x-charts.github.io/repo",
    // jenkins-x/jx-git-operator, tag v0.2.4; chart and image are released with it.
    version: "0.2.4",
  },
} as const satisfies Readonly<Record<string, ChartVersion>>;

export const images = {
  argocd: {
    repository: "quay.io/argoproj/argocd",
    // The tag of the Go module github.com/argoproj/argo-cd/v3 that the local platform builds: both run the same code.
    tag: "v3.5.7",
  },
  flagd: {
    repository: "ghcr.io/open-feature/flagd",
    // open-feature/flagd, .release-please-manifest.json of 2026-07-27 ("chore: release main").
    tag: "v0.16.1",
  },
  ocmPolicyFramework: {
    repository: "quay.io/open-cluster-management/governance-policy-framework-addon",
    // Newest tag of open-cluster-management-io/governance-policy-addon-controller, of 2026-06-03: its add-ons share it.
    tag: "v0.19.0",
  },
  ocmConfigPolicy: {
    repository: "quay.io/open-cluster-management/config-policy-controller",
    // open-cluster-management-io/config-policy-controller, tag v0.19.0.
    tag: "v0.19.0",
  },
  buildkit: {
    repository: "docker.io/moby/buildkit",
    // moby/buildkit, tag v0.32.2; the images of a release have its name, and `-rootless` (docs/rootless.md).
    tag: "v0.32.2-rootless",
  },
  cosign: {
    repository: "ghcr.io/sigstore/cosign/cosign",
    // sigstore/cosign-installer, action.yml of the commit that release-app.yml uses: the version it installs.
    tag: "v3.0.6",
  },
  jxGitOperator: {
    repository: "ghcr.io/jenkins-x/jx-git-operator",
    // jenkins-x/jx-git-operator, tag v0.2.4 (the chart's own default is `latest`).
    tag: "0.2.4",
  },
  podinfo: {
    repository: "ghcr.io/stefanprodan/podinfo",
    // stefanprodan/podinfo, pkg/version/version.go.
    tag: "6.14.1",
  },
} as const;

export { defaultKubernetesVersion, kubernetesReleases, kubernetesVersions } from "./cluster/versions.ts";
