import { afterAll, beforeAll, describe, expect, test } from "@jest/globals";
import { AppsV1Api, CoreV1Api, KubeConfig } from "@kubernetes/client-node";

import type { HubAccess } from "../../../infra/delivery/clusters/hub-access.ts";
import { waitForApplications } from "../../../local/argocd/index.ts";
import type { ApplicationSummary } from "../../../local/argocd/index.ts";
import { repositoryUrl } from "../../../local/git/index.ts";
import type { Applied } from "../../../rehearsal/index.ts";
import { startTimeout } from "../control-plane/platform.ts";
import { eventually } from "../support/eventually.ts";

import { applications, push, writeOverlay } from "./applications.ts";
import { administrator, startTwoClusters } from "./two-clusters.ts";
import type { TwoClusters } from "./two-clusters.ts";

const minutes = 60_000;
let both: TwoClusters;
let spokeOutputs: Applied;

beforeAll(async () => {
  both = await startTwoClusters();
  spokeOutputs = await both.applySpoke();
  await both.applyHub(spokeOutputs);
}, startTimeout);
afterAll(() => both?.remove(), 2 * minutes);

const well = ({ sync, health }: ApplicationSummary): boolean => sync === "Synced" && health === "Healthy";

/** Waits until an Application is so. */
async function until(name: string, holds: (one: ApplicationSummary) => boolean): Promise<ApplicationSummary> {
  const find = (all: readonly ApplicationSummary[]) => all.find((one) => one.name === name && holds(one));
  const { kubeconfig } = both.hub.controlPlane;
  const all = await waitForApplications(kubeconfig, (found) => find(found) !== undefined, { timeoutSeconds: 90 });
  return find(all)!;
}

const onSpoke = () => administrator(both.spoke);
const onHub = () => administrator(both.hub);

async function deployments(config: KubeConfig): Promise<readonly string[]> {
  const { items } = await config.makeApiClient(AppsV1Api).listDeploymentForAllNamespaces();
  return items.map(({ metadata }) => `${metadata?.namespace}/${metadata?.name}`).sort();
}

/** What the hub's Argo CD is on the spoke. */
function asHub(): CoreV1Api {
  const { server, caData, credentials } = spokeOutputs.outputs["hubAccess"] as HubAccess;
  if (credentials.kind !== "token") throw new Error("no token");
  const config = new KubeConfig();
  config.loadFromClusterAndUser(
    { name: "spoke", server, caData, skipTLSVerify: false },
    { name: "hub", token: credentials.token },
  );
  return config.makeApiClient(CoreV1Api);
}

/** An Application of the project prod. */
const stray = (name: string, destination: Readonly<Record<string, string>>) => ({
  apiVersion: "argoproj.io/v1alpha1",
  kind: "Application",
  metadata: { name, namespace: "argocd" },
  spec: {
    project: "prod",
    source: { repoURL: repositoryUrl(both.hub.layout), targetRevision: "main", path: "apps/app/overlays/prod" },
    destination,
    syncPolicy: { automated: { prune: true, selfHeal: true } },
  },
});

describe("one Argo CD for two clusters", () => {
  test(
    "delivers each environment to its cluster, and nothing of it to the other one",
    async () => {
      for (const name of applications) {
        await until(`${name}-dev`, well);
        await until(`${name}-prod`, well);
      }
      expect(await deployments(onSpoke())).toEqual(applications.map((name) => `prod/${name}`));
      expect(await deployments(onHub())).toEqual(applications.map((name) => `dev/${name}`));
      const { items } = await onHub().makeApiClient(CoreV1Api).listNamespace();
      expect(items.map(({ metadata }) => metadata?.name)).not.toContain("prod");
    },
    3 * minutes,
  );

  test(
    "brings a commit to the other cluster",
    async () => {
      await writeOverlay(both.hub, "app", "prod", { tag: "6.9.1", settings: ["settings", "extra"] });
      expect(await push(both.hub, "Deploy 6.9.1", "main")).toMatch(/prod +app +[0-9a-f]{7} +Synced +Healthy/);
      const live = await onSpoke()
        .makeApiClient(AppsV1Api)
        .readNamespacedDeployment({ name: "app", namespace: "prod" });
      expect(live.spec?.template.spec?.containers[0]?.image).toBe("ghcr.io/stefanprodan/podinfo:6.9.1");
    },
    2 * minutes,
  );

  test(
    "heals what was changed by hand there",
    async () => {
      const core = onSpoke().makeApiClient(CoreV1Api);
      const address = { name: "app-settings", namespace: "prod" };
      const found = await core.readNamespacedConfigMap(address);
      await core.replaceNamespacedConfigMap({ ...address, body: { ...found, data: { mode: "by hand" } } });
      await eventually(async () => {
        expect((await core.readNamespacedConfigMap(address)).data).toEqual({ mode: "from Git" });
      }, 60);
    },
    2 * minutes,
  );

  test(
    "prunes there what Git no longer has",
    async () => {
      await writeOverlay(both.hub, "app", "prod", { tag: "6.9.1" });
      expect(await push(both.hub, "Remove a setting", "main")).toMatch(/prod +app .*Synced +Healthy/);
      const { items } = await onSpoke().makeApiClient(CoreV1Api).listNamespacedConfigMap({ namespace: "prod" });
      const names = items.map(({ metadata }) => metadata?.name);
      expect(names).toContain("app-settings");
      expect(names).not.toContain("app-extra");
    },
    2 * minutes,
  );

  test(
    "refuses a destination outside: another namespace there, and the same one here",
    async () => {
      await both.hub.apply(
        stray("outside", { name: "prod", namespace: "kube-system" }),
        stray("here", { server: "https://kubernetes.default.svc", namespace: "prod" }),
      );
      for (const name of ["outside", "here"]) {
        const { message, sync } = await until(name, (one) => one.message.includes("InvalidSpecError"));
        expect(message).toContain("do not match any of the allowed destinations in project 'prod'");
        expect(sync).not.toBe("Synced");
      }
    },
    2 * minutes,
  );

  test("is nobody on the other cluster but in the environment's namespace, and there for its kinds alone", async () => {
    const hub = asHub();
    const configMap = { metadata: { name: "of-the-hub" } };
    const forbidden = { code: 403 };
    await expect(hub.listNamespacedSecret({ namespace: "kube-system" })).rejects.toMatchObject(forbidden);
    await expect(hub.listNamespacedSecret({ namespace: "prod" })).rejects.toMatchObject(forbidden);
    await expect(hub.listNamespacedSecret({ namespace: "gitops-hub" })).rejects.toMatchObject(forbidden);
    await expect(hub.listNamespace()).rejects.toMatchObject(forbidden);
    for (const namespace of ["default", "kube-system", "gitops-hub"]) {
      await expect(hub.createNamespacedConfigMap({ namespace, body: configMap })).rejects.toMatchObject(forbidden);
    }
    await hub.createNamespacedConfigMap({ namespace: "prod", body: configMap, dryRun: "All" });
  });

  test(
    "keeps the token in Secrets and in secret outputs alone",
    async () => {
      expect(spokeOutputs.secretOutputs).toContain("hubAccess");
      const { token } = (spokeOutputs.outputs["hubAccess"] as { credentials: { token: string } }).credentials;
      const again = await both.applyHub(spokeOutputs);
      for (const { type, name, inputs, secretInputs } of again.resources) {
        if (!JSON.stringify(inputs).includes(token)) continue;
        expect([type, name, secretInputs]).toEqual(["kubernetes:core/v1:Secret", "cluster-prod", ["stringData"]]);
      }
    },
    2 * minutes,
  );

  test(
    "leaves when it no longer names the cluster: first the workloads, then the way in",
    async () => {
      await both.applyHub(spokeOutputs, false);
      expect(await deployments(onSpoke())).toEqual([]);
      const { items } = await onHub().makeApiClient(CoreV1Api).listNamespacedSecret({ namespace: "argocd" });
      expect(items.map(({ metadata }) => metadata?.name)).not.toContain("cluster-prod");
      expect(await deployments(onHub())).toEqual(applications.map((name) => `dev/${name}`));
    },
    2 * minutes,
  );
});
