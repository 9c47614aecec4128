import { dirname } from "node:path";

import { readApplications } from "../local/argocd/index.ts";
import type { RestClient } from "../local/kubernetes/rest-client.ts";

import { overlayFile } from "./git/overlay.ts";
import type { Stage } from "./git/overlay.ts";
import { atRest, readCanary } from "./observe/canary.ts";
import { follow } from "./observe/follow.ts";
import type { Setting } from "./setting.ts";
import { addTempo } from "./tempo.ts";

/**
 * Puts the applications back to what they were when the demo began: the pods first, with short checks still, because
 * they are analysed like every release; then the rest.
 */
export async function tidy(setting: Setting, stages: readonly Stage[]): Promise<void> {
  const { bench, client, tell, signal } = setting;
  const folders = stages.map((stage) => dirname(overlayFile(stage)));
  tell.act("put everything back");
  const commit = await bench.commit("Demo: put the releases back", async () => {
    await bench.putBack(...folders);
    for (const stage of stages) {
      const { spec } = await readCanary(client, stage.namespace, stage.name);
      await bench.edit(overlayFile(stage), (document) => addTempo(document, spec.analysis.maxWeight !== undefined));
    }
  });
  if (commit !== undefined) {
    for (const stage of stages) {
      await synced(setting, stage, commit);
      await follow(
        () => isPromoted(client, stage),
        (promoted) => promoted,
        {
          what: `the pods of ${stage.name} as they were`,
          seconds: 420,
          signal,
        },
      );
    }
  }
  const last = await putBack(setting, stages);
  if (last !== undefined) for (const stage of stages) await synced(setting, stage, last);
  tell.result("as it was before");
}

/** Without waiting for anything: for a demo that was interrupted or failed. */
export function putBack({ bench }: Pick<Setting, "bench">, stages: readonly Stage[]): Promise<string | undefined> {
  const folders = stages.map((stage) => dirname(overlayFile(stage)));
  return bench.commit("Demo: put everything back", () => bench.putBack(...folders));
}

/** Waits until Argo CD has brought a commit, or one after it, to an application. */
function synced({ bench, client, signal }: Setting, { name, namespace }: Stage, commit: string): Promise<unknown> {
  const application = `${name}-${namespace}`;
  return follow(
    async () => {
      const found = (await readApplications(client)).find((one) => one.name === application);
      if (found === undefined || found.sync !== "Synced" || found.revision === "") return false;
      return bench.contains(found.revision, commit);
    },
    (arrived) => arrived,
    { what: `${application} on ${commit.slice(0, 8)}`, seconds: 180, signal },
  );
}

interface Deployment {
  readonly spec: {
    readonly template: {
      readonly metadata: { readonly annotations?: Readonly<Record<string, string>> };
      readonly spec: { readonly containers: readonly unknown[] };
    };
  };
}

/** Whether the pods that users are on are those that Git describes, and no analysis is under way. */
async function isPromoted(client: RestClient, { namespace, name }: Stage): Promise<boolean> {
  const read = (deployment: string): Promise<Deployment> =>
    client.get<Deployment>(`/apis/apps/v1/namespaces/${namespace}/deployments/${deployment}`);
  const [{ status }, wanted, primary] = [
    await readCanary(client, namespace, name),
    await read(name),
    await read(`${name}-primary`),
  ];
  const promoted = describePods(wanted) === describePods(primary);
  return atRest.includes(status?.phase ?? "") && status?.phase !== "Failed" && promoted;
}

/** What a release changes: the containers, and the platform's annotations. Flagger adds some of its own to the primary. */
function describePods({ spec: { template } }: Deployment): string {
  const { annotations = {} } = template.metadata;
  const ours = Object.entries(annotations).filter(([key]) => key.startsWith("gitops.platform/"));
  return JSON.stringify([template.spec.containers, ours.sort()]);
}
