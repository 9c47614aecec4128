import { simpleGit } from "simple-git";

import type { Environment } from "../../infra/environments.ts";
import type { HeldByWindows } from "../argocd/held-by-windows.ts";
import { isSettled } from "../argocd/index.ts";
import type { ApplicationSummary } from "../argocd/index.ts";
import { gitopsEngine } from "../gitops/engine.ts";
import { waitForApplications } from "../gitops/wait.ts";
import { restClient } from "../kubernetes/rest-client.ts";
import type { Layout } from "../layout.ts";
import type { LocalProgram } from "../program.ts";

/**
 * How long a fresh platform may take to come to its commits, on two slow cores: besides Argo CD's work two or three
 * intervals of a minute, after which Flagger looks again whether a first primary is ready.
 */
const timeoutSeconds = 600;

/**
 * Waits until every application is where its environment wants it, on the commit that its branch stands at; what was
 * true of an older commit does not count. One that a sync window holds up is there: it may be hours until it opens.
 * @throws an error that names each application that did not arrive, and why
 */
export async function waitForArrival(
  layout: Layout,
  program: LocalProgram,
  onProgress: (line: string) => void,
  signal: AbortSignal,
): Promise<readonly ApplicationSummary[]> {
  const heads = await branchHeads(layout, program);
  const names = new Set(program.environments.flatMap(({ applications }) => applications.map(({ name }) => name)));
  const client = restClient(layout.kubeconfig);
  const engine = gitopsEngine(program.config.gitops);
  let held: HeldByWindows;
  try {
    held = await engine.heldByWindows(client);
    await engine.refresh(client, [...names]);
  } finally {
    client.close();
  }
  const arrived = (application: ApplicationSummary): boolean => {
    const { environment, name, revision, sync } = application;
    if (revision !== heads.get(environment as Environment)) return false;
    // Each environment has the AppProject of its name.
    return isSettled(application) || (sync === "OutOfSync" && held(environment, name) !== undefined);
  };
  return waitForApplications(
    engine.kind,
    layout.kubeconfig,
    (applications) => {
      const ours = applications.filter(({ name }) => names.has(name));
      return ours.length === names.size && ours.every(arrived);
    },
    {
      timeoutSeconds,
      signal,
      onChange: (applications) => {
        const done = applications.filter(arrived);
        const open = applications.find((application) => !arrived(application));
        const waiting = open === undefined ? "" : `; ${open.name} is ${open.sync}, ${open.health}`;
        onProgress(`${done.length} of ${names.size} applications are where they should be${waiting}`);
      },
    },
  );
}

async function branchHeads(layout: Layout, program: LocalProgram): Promise<ReadonlyMap<Environment, string>> {
  const git = simpleGit(layout.gitRepository);
  const heads = program.environments.map(
    async ({ name, branch }) => [name, await git.revparse([`refs/heads/${branch}`])] as const,
  );
  return new Map(await Promise.all(heads));
}
