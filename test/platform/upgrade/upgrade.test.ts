import { afterAll, beforeAll, describe, expect, test } from "@jest/globals";

import type { RestClient } from "../../../local/kubernetes/rest-client.ts";
import { kubernetesTools } from "../../../local/tools/kubernetes-versions.ts";
import { ThrowAwayPlatform } from "../support/platform.ts";
import { timeouts } from "../support/scenario.ts";

const [newest, previous] = kubernetesTools();
let platform: ThrowAwayPlatform;
let client: RestClient;

const start = (...args: readonly string[]) =>
  platform.command(["start", "--checkout", platform.checkout.directory, ...args]);

interface List {
  readonly items: readonly {
    readonly metadata: { readonly uid: string; readonly namespace?: string; readonly name: string };
  }[];
}

const paths = {
  Namespace: "/api/v1/namespaces",
  Application: "/apis/argoproj.io/v1alpha1/applications",
  Deployment: "/apis/apps/v1/deployments",
  // A rollout would add one. Pods are not compared: KEDA adds and takes away some while the platform runs.
  ReplicaSet: "/apis/apps/v1/replicasets",
} as const;

/** `kind namespace/name` with the UID: another UID is another object. */
async function identities(): Promise<readonly string[]> {
  const lists = Object.entries(paths).map(async ([kind, path]) => {
    const { items } = await client.get<List>(path);
    return items.map(({ metadata }) => `${kind} ${metadata.namespace ?? ""}/${metadata.name} ${metadata.uid}`);
  });
  return (await Promise.all(lists)).flat().sort();
}

const serverVersion = async (): Promise<string> =>
  (await client.get<{ readonly gitVersion: string }>("/version")).gitVersion;

/** Applications that are where their environment wants them; those of staging wait for a person. */
async function states(): Promise<readonly string[]> {
  const applications = await platform.applications();
  return applications.flatMap(({ environment, name, sync, health }) =>
    environment === "staging" ? [] : [`${name} ${sync} ${health}`],
  );
}

beforeAll(async () => {
  platform = await ThrowAwayPlatform.create();
  const { exitCode, all } = await start("--kubernetes", previous?.minor ?? "");
  if (exitCode !== 0) throw new Error(`npm start failed:\n${all}\n${await platform.logs()}`);
  client = platform.client();
}, timeouts.start);

afterAll(async () => {
  client?.close();
  await platform?.remove();
}, timeouts.stop);

describe("the next Kubernetes on a platform's own data", () => {
  test(
    "keeps every application, and recreates nothing",
    async () => {
      expect(await serverVersion()).toBe(previous?.version);
      expect(await states()).toHaveLength(8);
      const before = await identities();
      expect(before.filter((line) => line.startsWith("Application "))).toHaveLength(12);

      const checked = await platform.gitops(["upgrade-check", "--to", newest.version, "--json"]);
      expect(checked.exitCode).toBe(0);
      const report = JSON.parse(checked.stdout) as { readonly from: string; readonly summary: object };
      expect(report).toMatchObject({ from: previous?.version, summary: { blocking: 0 } });

      const { exitCode, all } = await start();
      expect({ exitCode, all }).toMatchObject({
        exitCode: 0,
        all: expect.stringContaining(`Kubernetes ${previous?.version} upgraded to ${newest.version}`),
      });
      expect(await serverVersion()).toBe(newest.version);
      expect(new Set((await states()).map((line) => line.replace(/^\S+ /, "")))).toEqual(new Set(["Synced Healthy"]));
      expect(await identities()).toEqual(before);
    },
    timeouts.start,
  );

  test(
    "goes on syncing what is pushed",
    async () => {
      await platform.checkout.setHost("app", "dev", "upgraded.example.com");
      expect(await platform.checkout.push("develop")).toMatch(/dev +app +[0-9a-f]{7} +Synced +Healthy/);
    },
    timeouts.scenario,
  );

  test(
    "is refused backwards, and by the check where it would skip a minor",
    async () => {
      const back = await start("--kubernetes", previous?.minor ?? "");
      expect(back.exitCode).toBe(1);
      expect(back.all).toContain(`ran Kubernetes ${newest.version}: ${previous?.version} cannot go on with its data`);
      expect(await serverVersion()).toBe(newest.version);
      const skipping = await platform.gitops(["upgrade-check", "--to", "1.39"]);
      expect(skipping.exitCode).toBe(1);
      expect(skipping.stdout).toMatch(/blocking .*skips 2 of the minors/);
    },
    timeouts.scenario,
  );
});
