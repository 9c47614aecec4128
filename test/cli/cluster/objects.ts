import type { KubernetesServer } from "./kubernetes-server.ts";

export const applicationsPath = "/apis/argoproj.io/v1alpha1/namespaces/argocd/applications";
export const canariesPath = (namespace: string): string => `/apis/flagger.app/v1beta1/namespaces/${namespace}/canaries`;
export const deploymentsPath = (namespace: string): string => `/apis/apps/v1/namespaces/${namespace}/deployments`;

/** An Application of the platform. */
export interface ApplicationFields {
  readonly application?: string;
  readonly environment: string;
  readonly sync?: string;
  readonly health?: string;
  /** What it was compared with. */
  readonly revision: string;
  /** What was synced, oldest first. Default: `revision` alone. */
  readonly synced?: readonly string[];
  readonly automated?: boolean;
  readonly branch?: string;
  readonly images?: readonly string[];
  readonly status?: object;
}

/** As the API server gives it. */
export function application(fields: ApplicationFields): object {
  const { application: name = "app", environment, revision, synced = [revision] } = fields;
  const last = synced.at(-1);
  return {
    metadata: {
      name: `${name}-${environment}`,
      labels: { "gitops.platform/environment": environment, "gitops.platform/application": name },
      annotations: { "gitops.platform/on-failure": "rollback" },
    },
    spec: {
      project: environment,
      source: {
        repoURL: "https://git.example.com/example/platform.git",
        targetRevision: fields.branch ?? "main",
        path: `apps/${name}/overlays/${environment}`,
      },
      destination: { server: "https://kubernetes.default.svc", namespace: environment },
      syncPolicy: (fields.automated ?? true) ? { automated: {} } : {},
    },
    status: {
      sync: { status: fields.sync ?? "Synced", revision },
      health: { status: fields.health ?? "Healthy", lastTransitionTime: "2026-03-02T10:01:00Z" },
      history: synced.map((commit, id) => ({
        id,
        revision: commit,
        deployStartedAt: `2026-03-02T10:0${id}:00Z`,
        deployedAt: `2026-03-02T10:0${id}:07Z`,
        initiatedBy: { automated: true },
      })),
      operationState: {
        phase: "Succeeded",
        startedAt: "2026-03-02T10:00:00Z",
        finishedAt: "2026-03-02T10:00:07Z",
        syncResult: { revision: last },
      },
      summary: { images: fields.images ?? [] },
      ...fields.status,
    },
  };
}

export function canary(name: string, namespace: string, status: object): object {
  return { metadata: { name, namespace }, status };
}

export function deployment(name: string, namespace: string, image: string, ready: number, wanted = ready): object {
  return {
    metadata: { name, namespace },
    spec: { replicas: wanted, template: { spec: { containers: [{ name: name.replace(/-primary$/, ""), image }] } } },
    status: { readyReplicas: ready },
  };
}

interface Named {
  readonly metadata: { readonly name: string };
}

/** Lets the server play Argo CD: what is asked for by `operation` ends at once, in that phase. */
export function syncs(server: KubernetesServer, phase: "Succeeded" | "Failed", message = "successfully synced"): void {
  server.onPatch = (path, object) => {
    const { operation, status, ...rest } = object;
    if (operation !== undefined) {
      server.answers.set(path, {
        ...rest,
        status: { ...(status as object), operationState: { operation, phase, message } },
      });
    }
  };
}

/** Lets the server have exactly these Applications. */
export function give({ answers }: KubernetesServer, ...items: readonly object[]): void {
  answers.set(applicationsPath, { metadata: { resourceVersion: "1" }, items });
  for (const item of items) answers.set(`${applicationsPath}/${(item as Named).metadata.name}`, item);
}
