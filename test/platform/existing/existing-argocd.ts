import { join } from "node:path";

import { execa } from "execa";

import { applicationFolders } from "../../../infra/delivery/discovery.ts";
import { installFlagger } from "../../../local/flagger/index.ts";
import { publish, repositoryUrl } from "../../../local/git/index.ts";
import { installKeda } from "../../../local/keda/index.ts";
import type { KubernetesObject, RestClient } from "../../../local/kubernetes/rest-client.ts";
import { restClient } from "../../../local/kubernetes/rest-client.ts";
import { projectDirectory } from "../../../local/layout.ts";
import { apply, destroy } from "../../../rehearsal/index.ts";
import { testPlatform, writeApp } from "../argocd/harness.ts";
import type { TestPlatform } from "../argocd/harness.ts";

/** An Application as far as the tests look at it. */
export interface LiveApplication {
  readonly spec: { readonly project: string };
  readonly status?: {
    readonly sync?: { readonly status?: string; readonly revision?: string };
    readonly health?: { readonly status?: string };
    readonly conditions?: readonly { readonly type: string; readonly message: string }[];
  };
}

const argocd = "/apis/argoproj.io/v1alpha1/namespaces/argocd";
const merge = "application/merge-patch+json";
const stack = "adopted";

/** A cluster that somebody else runs: its own Argo CD, whose Applications are in the project `default`. */
export class ExistingCluster {
  readonly client: RestClient;

  private constructor(readonly platform: TestPlatform) {
    this.client = restClient(platform.controlPlane.kubeconfig);
  }

  /**
   * With what the program's Applications follow in its repository, beside the one of the tests: a ConfigMap each, for
   * what this project's applications run is nobody's to start here.
   */
  static async create(): Promise<ExistingCluster> {
    const platform = await testPlatform((tools, controlPlane) =>
      Promise.all([installFlagger(tools, controlPlane), installKeda(tools, controlPlane)]),
    );
    for (const name of applicationFolders(projectDirectory)) {
      const folder = `apps/${name}/overlays/dev`;
      const settings = { apiVersion: "v1", kind: "ConfigMap", metadata: { name }, data: { mode: "from Git" } };
      await platform.write(`${folder}/kustomization.yaml`, "resources: [settings.yaml]\n");
      await platform.write(`${folder}/settings.yaml`, JSON.stringify(settings));
    }
    await writeApp(platform, "6.9.0");
    await platform.git("add", ".");
    await platform.git("commit", "--quiet", "--message", "Start");
    await publish(platform.layout, platform.checkout);
    return new ExistingCluster(platform);
  }

  /** An Application of the project `default`, as `argocd app create` makes one, with a namespace of its own. */
  async addApplication(name: string): Promise<void> {
    const application: KubernetesObject = {
      apiVersion: "argoproj.io/v1alpha1",
      kind: "Application",
      metadata: { name, namespace: "argocd" },
      spec: {
        project: "default",
        source: { repoURL: repositoryUrl(this.platform.layout), targetRevision: "main", path: "app" },
        destination: { server: "https://kubernetes.default.svc", namespace: name },
        syncPolicy: { automated: { prune: true, selfHeal: true }, syncOptions: ["CreateNamespace=true"] },
      },
    };
    await this.platform.apply(application);
  }

  application(name: string): Promise<LiveApplication> {
    return this.client.get<LiveApplication>(`${argocd}/applications/${name}`);
  }

  /** Changes fields of an object of Argo CD. @param plural `applications` or `appprojects` */
  async patch(plural: string, name: string, fields: object): Promise<void> {
    await this.client.patch(`${argocd}/${plural}/${name}`, fields, merge);
  }

  /** Puts an Application into another project, and has Argo CD look: by itself it would at its next poll. */
  async move(name: string, project: string): Promise<void> {
    await this.patch("applications", name, { spec: { project } });
    await this.refresh(name);
  }

  /** Asks Argo CD to look at Git now (docs/user-guide/annotations-and-labels.md: the annotation `refresh`). */
  refresh(name: string): Promise<void> {
    return this.patch("applications", name, { metadata: { annotations: { "argocd.argoproj.io/refresh": "normal" } } });
  }

  /** Deploys another image by Git. @returns the commit */
  async push(tag: string): Promise<string> {
    await writeApp(this.platform, tag);
    await this.platform.git("commit", "--quiet", "--all", "--message", `Deploy ${tag}`);
    await this.platform.git("push", "--quiet", "local", "HEAD:main");
    return (await this.platform.git("rev-parse", "HEAD")).stdout;
  }

  /** The image and the identity of the Deployment: another UID is another object. */
  async workload(namespace: string): Promise<{ readonly uid: string; readonly image: string }> {
    const { metadata, spec } = await this.client.get<{
      readonly metadata: { readonly uid: string };
      readonly spec: { readonly template: { readonly spec: { readonly containers: readonly { image: string }[] } } };
    }>(`/apis/apps/v1/namespaces/${namespace}/deployments/web`);
    return { uid: metadata.uid, image: spec.template.spec.containers[0]?.image ?? "" };
  }

  /** Names in a list of the API. */
  async names(path: string): Promise<readonly string[]> {
    const { items } = await this.client.get<{ readonly items: readonly KubernetesObject[] }>(path);
    return items.map(({ metadata }) => metadata.name).sort();
  }

  /** `gitops adopt-check` as a person runs it. */
  async adoptCheck(): Promise<{ readonly exitCode: number | undefined; readonly blocking: readonly string[] }> {
    const command = join(projectDirectory, "cli/bin/gitops.mjs");
    const args = ["adopt-check", "--stack", "local", "--json", "--kubeconfig", this.platform.layout.kubeconfig];
    const { exitCode, stdout, stderr } = await execa(command, args, {
      cwd: projectDirectory,
      reject: false,
      env: { NODE_OPTIONS: "" },
    });
    if (stdout === "") throw new Error(stderr);
    const { findings } = JSON.parse(stdout) as { findings: readonly { level: string; where: string; what: string }[] };
    return { exitCode, blocking: findings.flatMap(({ level, where }) => (level === "blocking" ? [where] : [])) };
  }

  /** Applies the program of this project, for one environment, to the cluster as it is. */
  async adopt(): Promise<void> {
    const { kubeconfig } = this.platform.layout;
    await apply({
      stack,
      project: projectDirectory,
      stackFile: false,
      kubeconfig,
      config: {
        "gitops-platform:environments": ["dev"],
        "gitops-platform:repository": repositoryUrl(this.platform.layout),
        "gitops-platform:cluster": { kind: "existing", kubeconfig, context: "gitops-local" },
        "gitops-platform:controllers": "preinstalled",
      },
    });
  }

  leave(): Promise<void> {
    const { kubeconfig } = this.platform.layout;
    return destroy({ stack, project: projectDirectory, kubeconfig });
  }

  async remove(): Promise<void> {
    this.client.close();
    await this.platform.destroy();
  }
}
