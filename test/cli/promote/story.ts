import { startKubernetes } from "../cluster/kubernetes-server.ts";
import type { KubernetesServer } from "../cluster/kubernetes-server.ts";
import { application, give } from "../cluster/objects.ts";
import type { ApplicationFields } from "../cluster/objects.ts";
import { gitops, temporaryFolder } from "../plan/gitops.ts";
import type { Ran } from "../plan/gitops.ts";
import { at, makeRepositories, overlay } from "../recovery/repositories.ts";
import type { Repositories } from "../recovery/repositories.ts";

export const person = { GIT_AUTHOR_NAME: "Ann Operator", GIT_AUTHOR_EMAIL: "ann@example.com" };
export const image = "example/app";
export const file = (name: string, environment: string): string =>
  `apps/${name}/overlays/${environment}/kustomization.yaml`;

const base = "configMapGenerator: [{ name: c, literals: [a=b] }]\n";

/**
 * Two applications, `app` and `web`. Dev follows `main`, which released app 2 after `release`, which staging follows, was
 * branched off.
 */
export interface Story {
  readonly git: Repositories;
  readonly server: KubernetesServer;
  /** Commit of dev. */
  readonly revision: string;
  /** Lets Argo CD have app and web in dev as given, else well. */
  readonly live: (app?: Partial<ApplicationFields>, web?: Partial<ApplicationFields>, revision?: string) => void;
  /** Without a review, which takes a while and has a test of its own. */
  readonly promote: (args: readonly string[], env?: NodeJS.ProcessEnv) => Promise<Ran>;
  readonly promoteReviewed: (args: readonly string[], env?: NodeJS.ProcessEnv) => Promise<Ran>;
  readonly end: () => Promise<void>;
}

export async function beginStory(): Promise<Story> {
  const [server, git, folder] = [await startKubernetes(), await makeRepositories(), temporaryFolder()];
  const files: Record<string, string> = Object.fromEntries(
    ["app", "web"].flatMap((name): (readonly [string, string])[] => [
      [`apps/${name}/base/kustomization.yaml`, base],
      ...["dev", "staging"].map((environment) => [file(name, environment), overlay("1.0.0")] as const),
    ]),
  );
  await git.commit("Begin", files, at(0));
  await git.git("push", "--quiet", "origin", "HEAD:refs/heads/release");
  const revision = await git.commit("Release app 2", { [file("app", "dev")]: overlay("2.0.0") }, at(60));
  const live: Story["live"] = (app = {}, web = {}, commit = revision) => {
    const dev = { environment: "dev", revision: commit };
    give(
      server,
      application({ ...dev, images: [`${image}:2.0.0`], ...app }),
      application({ ...dev, application: "web", images: [`${image}:1.0.0`], ...web }),
      application({ environment: "staging", branch: "release", revision: "1".repeat(40) }),
    );
  };
  live();
  const promoteReviewed: Story["promoteReviewed"] = (args, env = {}) =>
    gitops(
      folder,
      [
        "promote",
        ...args,
        "--from",
        "dev",
        "--to",
        "staging",
        "--directory",
        git.clone,
        "--kubeconfig",
        server.kubeconfig,
      ],
      { ...person, ...env },
    );
  const promote: Story["promote"] = (args, env) => promoteReviewed([...args, "--no-review"], env);
  const end = async (): Promise<void> => {
    await server.close();
    await git.remove();
  };
  return { git, server, revision, live, promote, promoteReviewed, end };
}
