import { setTimeout as delay } from "node:timers/promises";

import { afterAll, beforeAll, describe, expect } from "@jest/globals";
import { execa } from "execa";

import { isSettled } from "../../../local/argocd/index.ts";
import { status } from "../../../local/commands/status.ts";
import { projectDirectory } from "../../../local/layout.ts";
import { listProcesses } from "../../../local/processes/index.ts";
import type { ProcessStatus } from "../../../local/processes/index.ts";
import { findProcess } from "../../../local/processes/process-table.ts";
import { ThrowAwayPlatform } from "../support/platform.ts";
import { scenario, timeouts } from "../support/scenario.ts";

/** Every process that a platform has; a test says so, lest one is forgotten here. */
const processes = [
  "argocd-application-controller",
  "argocd-applicationset-controller",
  "argocd-notifications-controller",
  "argocd-redis",
  "argocd-repo-server",
  "argocd-server",
  "etcd",
  "flagger",
  "flagger-loadtester",
  "gitops-previews",
  "gitops-receiver",
  "keda-operator",
  "keda-operator-metrics-apiserver",
  "kube-apiserver",
  "kube-controller-manager",
  "kube-scheduler",
  "kwok",
  "prometheus",
  "workloads",
];

let platform: ThrowAwayPlatform | undefined;
const get = (): ThrowAwayPlatform => {
  if (platform === undefined) throw new Error("the platform was not made");
  return platform;
};
let change = 0;

beforeAll(async () => {
  platform = await ThrowAwayPlatform.create();
}, timeouts.start);
afterAll(() => platform?.remove(), timeouts.stop);

describe("npm start continues where it was killed", () => {
  scenario("kill -9 of a first start, once the API server runs and once Argo CD does", get, async (on) => {
    for (const name of ["kube-apiserver", "argocd-application-controller"]) {
      const args = ["--import", "tsx", "local/main.ts", "start", "--checkout", on.checkout.directory];
      const env = { GITOPS_LOCAL_DIR: on.layout.directory, NODE_OPTIONS: "" };
      const first = execa(process.execPath, args, { cwd: projectDirectory, env, reject: false });
      const seen = await Promise.race([recorded(on, name), first.then(() => "ended" as const)]);
      expect(seen).toBe("seen");
      first.kill("SIGKILL");
      expect(await first).toMatchObject({ signal: "SIGKILL" });
    }
    await on.start();
    expect((await on.applications()).filter(isSettled)).toHaveLength(12);
  });
});

describe("kill -9 while applications sync, then npm start", () => {
  scenario("the platform consists of the processes that are killed below", get, async (on) => {
    expect((await listProcesses(on.layout)).map(({ name }) => name).sort()).toEqual(processes);
  });

  for (const name of processes) {
    scenario(name, get, async (on) => {
      const commit = await pushChange(on);
      await kill(on, [name]);
      const { state, processes: found } = await status(on.layout);
      expect({ state, dead: dead(found) }).toEqual({ state: "broken", dead: [name] });
      await on.start();
      await expectDeployed(on, commit);
    });
  }

  scenario("all of them at once", get, async (on) => {
    const commit = await pushChange(on);
    await kill(on, processes);
    expect(dead((await status(on.layout)).processes)).toEqual(processes);
    await on.start();
    await expectDeployed(on, commit);
  });
});

const dead = (found: readonly ProcessStatus[]): readonly string[] =>
  found.filter(({ alive }) => !alive).map(({ name }) => name);

/** Resolves when a start has written down that it started that process. */
async function recorded(on: ThrowAwayPlatform, name: string): Promise<"seen"> {
  while (!(await listProcesses(on.layout)).some((one) => one.name === name)) await delay(50);
  return "seen";
}

/**
 * A commit for every environment that syncs by itself, and for two applications in dev: another host, which is synced
 * like a release and needs no analysis by Flagger. @returns the commit
 */
async function pushChange(on: ThrowAwayPlatform): Promise<string> {
  change += 1;
  for (const { application, environment } of changed) await on.checkout.setHost(application, environment, host());
  const commit = await on.checkout.head();
  // Without waiting for the sync: it is to be under way when the process is killed.
  await on.checkout.push("develop", false);
  await on.checkout.push("main", false);
  return commit;
}

const changed = [
  { application: "reporting", environment: "dev" },
  { application: "app", environment: "prod" },
  { application: "app", environment: "dev" },
] as const;

const host = (): string => `r${change}.example.com`;

/** All of them, before the first has gone; then waits until each has. */
async function kill(on: ThrowAwayPlatform, names: readonly string[]): Promise<void> {
  const victims = (await listProcesses(on.layout)).filter((one) => names.includes(one.name) && one.alive);
  expect(victims.map(({ name }) => name)).toEqual(names);
  for (const { pid } of victims) process.kill(pid, "SIGKILL");
  for (const { pid } of victims) while ((await findProcess(pid)) !== undefined) await delay(20);
}

async function expectDeployed(on: ThrowAwayPlatform, commit: string): Promise<void> {
  const applications = await on.applications();
  const automatic = applications.filter(({ environment }) => environment !== "staging");
  expect(automatic).toHaveLength(8);
  for (const one of automatic) expect(one).toMatchObject({ revision: commit, sync: "Synced", health: "Healthy" });
  expect(applications.filter(({ sync }) => sync === "OutOfSync").map(({ environment }) => environment)).toEqual(
    Array(4).fill("staging"),
  );
  const client = on.client();
  try {
    for (const { application, environment } of changed) {
      const ingress = await client.get<{ readonly spec: { readonly rules: readonly { readonly host: string }[] } }>(
        `/apis/networking.k8s.io/v1/namespaces/${environment}/ingresses/${application}`,
      );
      expect(ingress.spec.rules.map((rule) => rule.host)).toEqual([host()]);
    }
  } finally {
    client.close();
  }
  expect((await listProcesses(on.layout)).filter(({ alive }) => alive)).toHaveLength(processes.length);
}
