import { applicationsPath } from "../../../local/argocd/applications.ts";
import { application, canariesPath, canary } from "../cluster/objects.ts";
import type { ApplicationFields } from "../cluster/objects.ts";
import { gitops, temporaryFolder } from "../plan/gitops.ts";
import type { Ran } from "../plan/gitops.ts";
import { at, makeRepositories, overlay } from "../recovery/repositories.ts";
import type { Repositories } from "../recovery/repositories.ts";

import { startCluster } from "./api-server.ts";
import type { Cluster } from "./api-server.ts";

export const carl = { GIT_AUTHOR_NAME: "Carl Reviewer", GIT_AUTHOR_EMAIL: "carl@example.com" };
export const ann = { GIT_AUTHOR_NAME: "Ann Operator", GIT_AUTHOR_EMAIL: "ann@example.com" };
/** Whoever makes the commits of the story. */
export const author = { GIT_AUTHOR_NAME: "A Person", GIT_AUTHOR_EMAIL: "Person@Example.com" };

const podsPath = "/api/v1/namespaces/flagger-system/pods?labelSelector=app.kubernetes.io%2Fname%3Dloadtester";

/** A ready pod, or one that is not. */
export const pod = (name: string, ready: boolean, more: object = {}): object => ({
  metadata: { name, ...more },
  status: { conditions: [{ type: "Ready", status: ready ? "True" : "False" }] },
});

/** An application with two commits on `main`: the first runs, and the second waits or is under analysis. */
export interface Story {
  readonly git: Repositories;
  readonly cluster: Cluster;
  readonly file: (environment: string) => string;
  /** Commits, oldest first. */
  readonly commits: readonly [string, string];
  /** Lets Argo CD have the application so, and Flagger its Canary in that phase. */
  readonly live: (
    fields: Partial<ApplicationFields> & { readonly environment: string },
    phase?: string,
    annotations?: object,
  ) => void;
  readonly pods: (...items: readonly object[]) => void;
  readonly approve: (environment: string, args?: readonly string[], env?: NodeJS.ProcessEnv) => Promise<Ran>;
  /** The message of a tag on the remote; empty when it is not there. */
  readonly tag: (name: string) => Promise<string>;
  readonly end: () => Promise<void>;
}

export async function beginStory(environment: string, message = "Release app 2"): Promise<Story> {
  const [cluster, git, folder] = [await startCluster(), await makeRepositories(), temporaryFolder()];
  const file = (name: string): string => `apps/app/overlays/${name}/kustomization.yaml`;
  const commits = [
    await git.commit("Release app 1", { [file(environment)]: overlay("1.0.0") }, at(0)),
    await git.commit(message, { [file(environment)]: overlay("2.0.0") }, at(60)),
  ] as const;
  const live: Story["live"] = (fields, phase, annotations = {}) => {
    const made = application({ revision: commits[1], ...fields }) as { readonly metadata: { readonly name: string } };
    const item = { ...made, metadata: { ...made.metadata, annotations } };
    cluster.objects.set(applicationsPath, { metadata: { resourceVersion: "1" }, items: [item] });
    cluster.objects.set(`${applicationsPath}/${item.metadata.name}`, item);
    const canaries = phase === undefined ? [] : [canary("app", fields.environment, { phase })];
    cluster.objects.set(canariesPath(fields.environment), { items: canaries });
  };
  const pods: Story["pods"] = (...items) => void cluster.objects.set(podsPath, { items });
  pods(pod("loadtester-1", true));
  return {
    git,
    cluster,
    file,
    commits,
    live,
    pods,
    approve: (env, args = [], who = ann) => {
      const where = ["--kubeconfig", cluster.kubeconfig, "--directory", git.clone];
      return gitops(folder, ["approve", "app", "--env", env, ...where, ...args], who);
    },
    tag: async (name) => {
      await git.git("fetch", "--quiet", "--tags", "--force");
      return git.git("for-each-ref", `refs/tags/${name}`, "--format=%(taggername) %(taggeremail)%0a%(contents)");
    },
    end: async () => {
      await cluster.close();
      await git.remove();
    },
  };
}
