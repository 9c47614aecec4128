import type { charts } from "../../infra/versions.ts";

/** On which Kubernetes a controller was tested or is supported, as its project says. */
export type Compatibility =
  | {
      /** `tested`: its project runs its tests there. `supported`: its project answers for it. */
      readonly claim: "tested" | "supported";
      /** The chart version at which this was read; another one is unknown until it is read again. */
      readonly chart: string;
      /** The program's release line, as the source names it. */
      readonly release: string;
      /** Kubernetes minors, both included. */
      readonly least: number;
      readonly greatest: number;
      readonly source: string;
    }
  | {
      readonly claim: "unknown";
      /** What was looked for, so that nobody repeats it in vain. */
      readonly reason: string;
    };

/** By the keys of `charts` in infra/versions.ts. Without a source an entry is `unknown`, and is reported as that. */
export const compatibility: Readonly<Partial<Record<keyof typeof charts | (string & {}), Compatibility>>> = {
  argocd: {
    claim: "tested",
    chart: "10.10.2",
    release: "Argo CD 3.5",
    least: 33,
    greatest: 36,
    source: "argoproj/argo-cd v3.5.7, docs/operator-manual/tested-kubernetes-versions.md",
  },
  keda: {
    claim: "tested",
    chart: "2.20.2",
    release: "KEDA 2.20",
    least: 33,
    greatest: 35,
    source: "keda.sh, docs/2.22/operate/cluster, Kubernetes Compatibility",
  },
  certManager: {
    claim: "supported",
    chart: "v1.21.1",
    release: "cert-manager 1.21",
    least: 33,
    greatest: 36,
    // The page itself was not to be had; notes of three public repositories of September and October 2026 quote it alike.
    source: "cert-manager.io, docs/releases, as quoted",
  },
  flux: {
    claim: "supported",
    chart: "2.18.3",
    release: "Flux 2.8",
    least: 30,
    greatest: 35,
    // Of a distributor of Flux; the project's own page was not to be had.
    source: "fluxcd.control-plane.io, Enterprise Distribution for Flux v2.8.x",
  },
  flagger: { claim: "unknown", reason: "its charts name a least Kubernetes version and no greatest one" },
  flaggerLoadtester: { claim: "unknown", reason: "its charts name a least Kubernetes version and no greatest one" },
  prometheus: {
    claim: "unknown",
    reason: "charts/prometheus/Chart.yaml names a least Kubernetes version (>=1.19.0-0 at 27.19.0) and no greatest one",
  },
  tektonOperator: { claim: "unknown", reason: "nothing that names its Kubernetes versions was read" },
  jxGitOperator: { claim: "unknown", reason: "nothing that names its Kubernetes versions was read" },
};
