/**
 * The tools of the local platform: which Go package becomes which binary, and how.
 *
 * Versions live in each folder's go.mod, and only there. To add a tool: a folder with go.mod and go.sum
 * (`go mod tidy` completes both), and an entry here.
 */

import type { Replacement } from "./patched-module.ts";

/** Gives the version ("v1.36.3") at which a folder's go.mod builds a Go module. Throws for a module that is not in it. */
export type VersionOf = (goModule: string) => string;

/** One program that a folder builds. */
export interface BinarySpec {
  /** The Go package of its `main`. */
  readonly package: string;
  /**
   * The arguments that make it print its version, and nothing else. Given only where a binary from PATH in exactly
   * this version can stand in for a build of our own.
   */
  readonly versionArguments?: readonly string[];
}

/** One folder below local/tools: a Go module of its own, because the Kubernetes versions of the tools differ. */
export interface ToolSpec {
  /** The Go module whose version is the version of every binary of this folder. */
  readonly module: string;
  /** By the name that the binary gets. */
  readonly binaries: Readonly<Record<string, BinarySpec>>;
  /** Values for the linker's -X: variables in which a tool keeps its version, which Go does not fill in by itself. */
  readonly variables?: (versionOf: VersionOf) => Readonly<Record<string, string>>;
  /** Go build tags. */
  readonly tags?: readonly string[];
  /** Files and folders of the module that the platform reads, relative to the module's root. Kept with those paths. */
  readonly files?: readonly string[];
  /** The folder whose binaries these are in another version: they serve only where that folder is not asked for. */
  readonly otherVersionOf?: string;
  /** Texts of the module that the build reads otherwise. */
  readonly replacements?: readonly Replacement[];
  /** Seconds on 2 cores with empty Go caches, downloads included; see README.md. For the time left, nothing else. */
  readonly coldBuildSeconds: number;
}

const argocdVersion = "github.com/argoproj/argo-cd/v3/common";
const kubernetesVersion = "k8s.io/component-base/version";

/** Of staging/src/k8s.io/component-base/version/base.go. Without them clients cannot parse the server's version. */
function kubernetesVariables(versionOf: VersionOf): Readonly<Record<string, string>> {
  const version = versionOf("k8s.io/kubernetes");
  const [major = "", minor = ""] = version.slice(1).split(".");
  return {
    [`${kubernetesVersion}.gitVersion`]: version,
    [`${kubernetesVersion}.gitMajor`]: major,
    [`${kubernetesVersion}.gitMinor`]: minor,
    [`${kubernetesVersion}.gitTreeState`]: "clean",
  };
}

/** Each import of the artifact store in source-controller 1.9.6: file, package. */
const artifactStore = [
  ["main.go", "config"],
  ["main.go", "digest"],
  ["main.go", "server"],
  ["main.go", "storage"],
  ["internal/controller/gitrepository_controller.go", "storage"],
  ["internal/controller/ocirepository_controller.go", "storage"],
  ["internal/controller/helmchart_controller.go", "storage"],
  ["internal/controller/helmrepository_controller.go", "digest"],
  ["internal/controller/helmrepository_controller.go", "storage"],
  ["internal/controller/bucket_controller.go", "digest"],
  ["internal/controller/bucket_controller.go", "storage"],
] as const;

/** In the order in which they are built: what the control plane needs comes first. */
export const toolSpecs = {
  "etcd": {
    module: "go.etcd.io/etcd/server/v3",
    binaries: { etcd: { package: "go.etcd.io/etcd/server/v3", versionArguments: ["--version"] } },
    coldBuildSeconds: 30,
  },
  "kubernetes": {
    module: "k8s.io/kubernetes",
    binaries: {
      "kube-apiserver": { package: "k8s.io/kubernetes/cmd/kube-apiserver", versionArguments: ["--version"] },
      "kube-controller-manager": {
        package: "k8s.io/kubernetes/cmd/kube-controller-manager",
        versionArguments: ["--version"],
      },
      "kube-scheduler": { package: "k8s.io/kubernetes/cmd/kube-scheduler", versionArguments: ["--version"] },
      "kubectl": { package: "k8s.io/kubernetes/cmd/kubectl", versionArguments: ["version", "--client"] },
    },
    variables: kubernetesVariables,
    coldBuildSeconds: 360,
  },
  // The minor before: what an upgrade of the platform starts from. kubectl of the folder above serves both.
  "kubernetes-previous": {
    module: "k8s.io/kubernetes",
    binaries: {
      "kube-apiserver": { package: "k8s.io/kubernetes/cmd/kube-apiserver", versionArguments: ["--version"] },
      "kube-controller-manager": {
        package: "k8s.io/kubernetes/cmd/kube-controller-manager",
        versionArguments: ["--version"],
      },
      "kube-scheduler": { package: "k8s.io/kubernetes/cmd/kube-scheduler", versionArguments: ["--version"] },
    },
    variables: kubernetesVariables,
    otherVersionOf: "kubernetes",
    coldBuildSeconds: 290,
  },
  "kwok": {
    module: "sigs.k8s.io/kwok",
    binaries: { kwok: { package: "sigs.k8s.io/kwok/cmd/kwok" } },
    files: ["kustomize/stage", "kustomize/crd"],
    coldBuildSeconds: 80,
  },
  "kustomize": {
    module: "sigs.k8s.io/kustomize/kustomize/v5",
    binaries: { kustomize: { package: "sigs.k8s.io/kustomize/kustomize/v5", versionArguments: ["version"] } },
    // api/provenance/provenance.go of sigs.k8s.io/kustomize/api.
    variables: (versionOf) => ({
      "sigs.k8s.io/kustomize/api/provenance.version": versionOf("sigs.k8s.io/kustomize/kustomize/v5"),
    }),
    coldBuildSeconds: 10,
  },
  "redis": {
    module: "github.com/alicebob/miniredis/v2",
    binaries: { redis: { package: "." } },
    coldBuildSeconds: 3,
  },
  "argocd": {
    module: "github.com/argoproj/argo-cd/v3",
    binaries: { argocd: { package: "github.com/argoproj/argo-cd/v3/cmd" } },
    // common/version.go: the tag is printed as the version only if a commit and a clean tree are given. The module
    // does not tell its commit, so that its place names where the sources came from.
    variables: (versionOf) => {
      const version = versionOf("github.com/argoproj/argo-cd/v3");
      return {
        [`${argocdVersion}.version`]: version.slice(1),
        [`${argocdVersion}.gitTag`]: version,
        [`${argocdVersion}.gitCommit`]: "go-module",
        [`${argocdVersion}.gitTreeState`]: "clean",
        [`${argocdVersion}.kubectlVersion`]: versionOf("k8s.io/client-go"),
      };
    },
    // The wrappers are in Argo CD's image as well (its Dockerfile): repo-server looks for them on PATH.
    files: ["manifests", "hack/git-verify-wrapper.sh", "hack/gpg-wrapper.sh"],
    replacements: [
      {
        file: "controller/appcontroller.go",
        from: '"0.0.0.0:%d"',
        to: '"127.0.0.1:%d"',
        reason: "the address of the application controller's metrics is fixed; here everything is on loopback",
      },
      {
        file: "cmd/argocd-notification/commands/argocd_notification.go",
        from: '"0.0.0.0:%d"',
        to: '"127.0.0.1:%d"',
        reason: "the address of the notifications controller's metrics is fixed; here everything is on loopback",
      },
    ],
    coldBuildSeconds: 300,
  },
  "helm": {
    module: "helm.sh/helm/v3",
    binaries: { helm: { package: "helm.sh/helm/v3/cmd/helm", versionArguments: ["version", "--short"] } },
    // As Helm's Makefile does: the Kubernetes version is the minor of client-go.
    variables: (versionOf) => {
      const minor = versionOf("k8s.io/client-go").split(".")[1] ?? "";
      return {
        "helm.sh/helm/v3/internal/version.version": versionOf("helm.sh/helm/v3"),
        "helm.sh/helm/v3/pkg/lint/rules.k8sVersionMajor": "1",
        "helm.sh/helm/v3/pkg/lint/rules.k8sVersionMinor": minor,
        "helm.sh/helm/v3/pkg/chartutil.k8sVersionMajor": "1",
        "helm.sh/helm/v3/pkg/chartutil.k8sVersionMinor": minor,
      };
    },
    coldBuildSeconds: 65,
  },
  "prometheus": {
    module: "github.com/prometheus/prometheus",
    binaries: { prometheus: { package: "github.com/prometheus/prometheus/cmd/prometheus" } },
    // No service discovery but files and Kubernetes: the clients of the others are a third of the program, and one of
    // their modules is not to be had. go.mod is therefore completed with these tags in GOFLAGS, by `go get -tool`.
    tags: ["remove_all_sd", "enable_kubernetes_sd"],
    // As the .promu.yml of the module does; without it the build info metric has no version.
    variables: (versionOf) => ({
      "github.com/prometheus/common/version.Version": versionOf("github.com/prometheus/prometheus").slice(1),
    }),
    coldBuildSeconds: 110,
  },
  "flagger": {
    module: "github.com/fluxcd/flagger",
    binaries: {
      flagger: { package: "github.com/fluxcd/flagger/cmd/flagger" },
      loadtester: { package: "github.com/fluxcd/flagger/cmd/loadtester" },
    },
    files: ["kustomize/base/flagger"],
    replacements: [
      {
        file: "pkg/server/server.go",
        from: '":" + port',
        to: '"127.0.0.1:" + port',
        reason: "Flagger can be told its port, and not its address; here everything is on loopback",
      },
      {
        file: "pkg/loadtester/server.go",
        from: '":" + port',
        to: '"127.0.0.1:" + port',
        reason: "the load tester can be told its port, and not its address; it runs commands for whoever reaches it",
      },
    ],
    coldBuildSeconds: 90,
  },
  // The load tester calls it by name (its Dockerfile.loadtester installs it).
  "hey": {
    module: "github.com/rakyll/hey",
    binaries: { hey: { package: "github.com/rakyll/hey" } },
    replacements: [
      {
        file: "requester/requester.go",
        from: "http.ProxyURL(b.ProxyAddr)",
        to: "http.ProxyFromEnvironment",
        reason:
          "it ignores HTTP_PROXY, by which programs here reach the names of Services: a command in Git cannot name " +
          "a port of this machine",
      },
    ],
    coldBuildSeconds: 5,
  },
  // Only definitions: Flagger writes HTTPRoutes, and the platform's traffic follows them.
  "gateway-api": {
    module: "sigs.k8s.io/gateway-api",
    binaries: {},
    files: ["config/crd/standard"],
    coldBuildSeconds: 1,
  },
  "keda": {
    module: "github.com/kedacore/keda/v2",
    binaries: {
      operator: { package: "github.com/kedacore/keda/v2/cmd/operator" },
      adapter: { package: "github.com/kedacore/keda/v2/cmd/adapter" },
    },
    files: ["config/crd", "config/rbac", "config/metrics-server"],
    replacements: [
      {
        file: "cmd/adapter/main.go",
        from: 'fmt.Sprintf(":%v", metricsAPIServerPort)',
        to: 'fmt.Sprintf("127.0.0.1:%v", metricsAPIServerPort)',
        reason: "the adapter can be told the port of its metrics, and not the address; here everything is on loopback",
      },
    ],
    coldBuildSeconds: 290,
  },
  "podinfo": {
    module: "github.com/stefanprodan/podinfo",
    binaries: { podinfo: { package: "github.com/stefanprodan/podinfo/cmd/podinfo" } },
    coldBuildSeconds: 20,
  },
  // Flux, where it is the engine of the platform. Of the artifact store of source-controller, whose module the module
  // proxy does not have, the folder holds one of our own: README.md.
  "source-controller": {
    module: "github.com/fluxcd/source-controller",
    binaries: { "source-controller": { package: "github.com/fluxcd/source-controller" } },
    files: ["config/crd/bases", "config/rbac"],
    replacements: artifactStore.map(([file, from]) => ({
      file,
      from: `"github.com/fluxcd/pkg/artifact/${from}"`,
      to: `"gitops-platform/tools/source-controller/artifact/${from}"`,
      reason:
        "the module proxy refuses the sources of github.com/fluxcd/pkg/artifact; a store of our own stands for it",
    })),
    coldBuildSeconds: 240,
  },
  "kustomize-controller": {
    module: "github.com/fluxcd/kustomize-controller",
    binaries: { "kustomize-controller": { package: "github.com/fluxcd/kustomize-controller" } },
    files: ["config/crd/bases", "config/rbac"],
    coldBuildSeconds: 180,
  },
  // Not part of the platform: the tests check the workflows of .github with it.
  "actionlint": {
    module: "github.com/rhysd/actionlint",
    binaries: { actionlint: { package: "github.com/rhysd/actionlint/cmd/actionlint" } },
    // As the .goreleaser.yaml of the module does.
    variables: (versionOf) => ({
      "github.com/rhysd/actionlint.version": versionOf("github.com/rhysd/actionlint").slice(1),
    }),
    coldBuildSeconds: 7,
  },
} as const satisfies Readonly<Record<string, ToolSpec>>;

type Specs = typeof toolSpecs;

/** A folder below local/tools. */
export type ToolFolder = keyof Specs;

/** The binaries of some folders. */
export type BinaryName<F extends ToolFolder = ToolFolder> = { [K in F]: keyof Specs[K]["binaries"] & string }[F];

/** The folders that carry files of their Go module along. */
export type FilesFolder = { [K in ToolFolder]: Specs[K] extends { readonly files: unknown } ? K : never }[ToolFolder];

/** Every folder, in the order of building. */
export const toolFolders = Object.keys(toolSpecs) as readonly ToolFolder[];

/** The entry of one folder, with every optional field to see. */
export function toolSpec(folder: ToolFolder): ToolSpec {
  return toolSpecs[folder];
}
