import { access } from "node:fs/promises";
import { connect } from "node:net";

import { describe, expect } from "@jest/globals";

import { localContext, localStack } from "../../../local/engines/index.ts";
import { projectDirectory } from "../../../local/layout.ts";
import { listProcesses } from "../../../local/processes/index.ts";
import { findProcess } from "../../../local/processes/process-table.ts";
import { destroy } from "../../../rehearsal/index.ts";
import type { ClusterEvent } from "../../../rehearsal/index.ts";
import { ownPlatform } from "../support/own-platform.ts";
import type { ThrowAwayPlatform } from "../support/platform.ts";
import { scenario } from "../support/scenario.ts";

import { allObjects, identify } from "./all-objects.ts";
import type { LiveObject } from "./all-objects.ts";

const get = ownPlatform();

/** The owner of what the program applies, in metadata.managedFields. */
const manager = "gitops-rehearsal";
const made = (object: LiveObject): boolean => object.managers.includes(manager);

async function destroyStack(on: ThrowAwayPlatform): Promise<readonly ClusterEvent[]> {
  const events: ClusterEvent[] = [];
  await destroy({
    stack: localStack,
    project: projectDirectory,
    kubeconfig: on.layout.kubeconfig,
    context: localContext,
    onEvent: (event) => events.push(event),
  });
  return events;
}

describe("destroying the stack", () => {
  scenario("removes all that the program made, Applications with their workloads first", get, async (on) => {
    const before = await allObjects(on);
    const mine = before.filter(made);
    expect(mine.filter(({ kind }) => kind === "Application")).toHaveLength(12);
    // Each with Flagger's primary beside it.
    expect(before.filter(({ kind, namespace }) => kind === "Deployment" && namespace === "prod")).toHaveLength(8);

    const events = await destroyStack(on);

    const gone = events.flatMap((event) => (event.type === "deleted" ? [event.object] : []));
    expect(gone.filter(({ kind }) => kind === "Application")).toHaveLength(12);
    for (const environment of ["dev", "staging", "prod"]) {
      const index = (kind: string) => gone.map((one, at) => ({ ...one, at })).filter((one) => one.kind === kind);
      const applications = index("Application").filter(({ name }) => name.endsWith(`-${environment}`));
      const boundaries = [...index("AppProject"), ...index("Namespace")].filter(({ name }) => name === environment);
      expect(boundaries).toHaveLength(2);
      const latest = Math.max(...applications.map(({ at }) => at));
      expect(Math.min(...boundaries.map(({ at }) => at))).toBeGreaterThan(latest);
    }

    const after = await allObjects(on);
    // Argo CD's own, which stays without rights.
    expect(after.filter(made).map(identify)).toEqual(["AppProject argocd/default"]);
    expect(after.filter(({ terminating }) => terminating).map(identify)).toEqual([]);
    const environments = after.filter(({ namespace }) => /^(dev|staging|prod)$/.test(namespace ?? ""));
    expect(environments.map(identify)).toEqual([]);
  });

  scenario("leaves the controllers where they were, and running", get, async (on) => {
    expect((await listProcesses(on.layout)).filter(({ alive }) => !alive)).toEqual([]);
    const after = (await allObjects(on)).map(identify);
    expect(after).toEqual(
      expect.arrayContaining([
        "CustomResourceDefinition applications.argoproj.io",
        "ConfigMap argocd/argocd-cm",
        "Namespace argocd",
      ]),
    );
  });

  scenario("a second time does nothing", get, async (on) => {
    expect(await destroyStack(on)).toEqual([{ type: "planned", declared: 0, removed: 0 }]);
  });

  scenario("npm start brings all of it back", get, async (on) => {
    const staging = (one: { environment: string }) => one.environment === "staging";
    await on.start();
    const applications = await on.applications();
    expect(applications.filter((one) => !staging(one)).map(({ sync, health }) => `${sync} ${health}`)).toEqual(
      Array(8).fill("Synced Healthy"),
    );
    expect(applications.filter(staging).map(({ sync }) => sync)).toEqual(Array(4).fill("OutOfSync"));
  });
});

describe("npm stop", () => {
  scenario("leaves no process and no listening port", get, async (on) => {
    const running = await listProcesses(on.layout);
    const ports = running.flatMap((one) => Object.values(one.ports));
    expect(ports.length).toBeGreaterThan(10);
    expect(await Promise.all(ports.map(answers))).toContain(true);
    const { all } = await on.stop();
    expect(all).toContain(`${running.length} processes ended`);
    for (const { pid } of running) expect(await findProcess(pid)).toBeUndefined();
    expect(await Promise.all(ports.map(answers))).toEqual(ports.map(() => false));
    expect(await listProcesses(on.layout)).toEqual([]);
  });

  scenario("keeps the data: the next start has the same cluster", get, async (on) => {
    await on.start();
    expect((await on.stop()).exitCode).toBe(0);
  });

  scenario("--purge deletes the data and the git remote, also a second time", get, async (on) => {
    expect(await on.checkout.git("remote")).toBe("local\norigin");
    await on.stop({ purge: true });
    await expect(access(on.layout.directory)).rejects.toThrow("ENOENT");
    expect(await on.checkout.git("remote")).toBe("origin");
    expect((await on.stop({ purge: true })).exitCode).toBe(0);
  });
});

/** Whether somebody accepts a connection on that port of loopback. */
function answers(port: number): Promise<boolean> {
  return new Promise((resolve) => {
    const socket = connect(port, "127.0.0.1");
    const done = (answer: boolean) => () => {
      socket.destroy();
      resolve(answer);
    };
    socket.on("connect", done(true)).on("error", done(false));
  });
}
