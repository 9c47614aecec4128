import { afterAll, beforeAll, describe, expect, test } from "@jest/globals";

import { eventually } from "../support/eventually.ts";

import { ExistingCluster } from "./existing-argocd.ts";
import type { LiveApplication } from "./existing-argocd.ts";

const minutes = 60_000;
let cluster: ExistingCluster;
let before: Readonly<Record<string, { readonly uid: string }>>;

/** Waits until an Application is Synced and Healthy, on a commit where one is given. */
const well = (name: string, commit?: string): Promise<LiveApplication> =>
  eventually(async () => {
    const found = await cluster.application(name);
    expect(found.status).toMatchObject({ sync: { status: "Synced" }, health: { status: "Healthy" } });
    if (commit !== undefined) expect(found.status?.sync?.revision).toBe(commit);
    return found;
  });

/** The rights that a team gives its own project, before the platform takes those of `default`. */
const ownProject = (namespaces: readonly string[]) => ({
  apiVersion: "argoproj.io/v1alpha1",
  kind: "AppProject",
  metadata: { name: "shop", namespace: "argocd" },
  spec: {
    sourceRepos: ["*"],
    destinations: namespaces.map((namespace) => ({ server: "https://kubernetes.default.svc", namespace })),
    clusterResourceWhitelist: [{ group: "", kind: "Namespace" }],
  },
});

beforeAll(async () => {
  cluster = await ExistingCluster.create();
  await cluster.addApplication("moved");
  await cluster.addApplication("left");
  await Promise.all([well("moved"), well("left")]);
  before = { moved: await cluster.workload("moved"), left: await cluster.workload("left") };
}, 15 * minutes);

afterAll(() => cluster?.remove(), 2 * minutes);

describe("a cluster with an Argo CD of somebody else", () => {
  test(
    "is looked at before: gitops adopt-check names every Application that would lose its rights",
    async () => {
      const first = await cluster.adoptCheck();
      expect(first).toEqual({ exitCode: 1, blocking: ["Application argocd/left", "Application argocd/moved"] });
      await cluster.platform.apply(ownProject(["moved", "left"]));
      await cluster.move("moved", "shop");
      expect(await cluster.adoptCheck()).toEqual({ exitCode: 1, blocking: ["Application argocd/left"] });
    },
    2 * minutes,
  );

  test(
    "is adopted: the platform's own comes beside it, and what was moved goes on syncing",
    async () => {
      await cluster.adopt();
      const names = await cluster.names("/apis/argoproj.io/v1alpha1/namespaces/argocd/applications");
      expect(names).toEqual(["app-dev", "core-trading-dev", "left", "moved", "reporting-dev", "risk-control-dev"]);
      expect(await cluster.names("/api/v1/namespaces")).toContain("dev");
      await well("app-dev");
      expect(await cluster.names("/api/v1/namespaces/dev/configmaps")).toContain("app");
      const commit = await cluster.push("6.9.1");
      await cluster.refresh("moved");
      await well("moved", commit);
      expect(await cluster.workload("moved")).toMatchObject({ uid: before["moved"]?.uid });
      expect((await cluster.workload("moved")).image).toMatch(/:6\.9\.1$/);
    },
    3 * minutes,
  );

  test(
    "leaves what was not moved running and without rights, until it is moved",
    async () => {
      await cluster.refresh("left");
      await eventually(async () => {
        const { status } = await cluster.application("left");
        const refused = status?.conditions?.filter(({ type }) => type === "InvalidSpecError") ?? [];
        expect(refused.map(({ message }) => message).join()).toContain("is not permitted in project 'default'");
      });
      const workload = await cluster.workload("left");
      expect(workload.uid).toBe(before["left"]?.uid);
      expect(workload.image).toMatch(/:6\.9\.0$/);

      await cluster.move("left", "shop");
      await well("left");
      expect((await cluster.workload("left")).image).toMatch(/:6\.9\.1$/);
    },
    3 * minutes,
  );

  test(
    "is left again: destroy takes what the platform made, and nothing else",
    async () => {
      await cluster.leave();
      expect(await cluster.names("/apis/argoproj.io/v1alpha1/namespaces/argocd/applications")).toEqual([
        "left",
        "moved",
      ]);
      expect(await cluster.names("/apis/argoproj.io/v1alpha1/namespaces/argocd/appprojects")).toEqual([
        "default",
        "shop",
      ]);
      expect(await cluster.names("/api/v1/namespaces")).not.toContain("dev");
      const commit = await cluster.push("6.9.2");
      for (const name of ["moved", "left"]) {
        await cluster.refresh(name);
        await well(name, commit);
        expect(await cluster.workload(name)).toMatchObject({ uid: before[name]?.uid });
      }
    },
    3 * minutes,
  );

  test(
    "gets the rights of `default` back only by hand, with what docs/from-terraform.md says",
    async () => {
      const everything = {
        description: null,
        sourceRepos: ["*"],
        destinations: [{ server: "*", namespace: "*" }],
        clusterResourceWhitelist: [{ group: "*", kind: "*" }],
        namespaceResourceWhitelist: null,
      };
      await cluster.move("left", "default");
      await eventually(async () => {
        const { status } = await cluster.application("left");
        expect(status?.conditions?.map(({ type }) => type)).toContain("InvalidSpecError");
      });
      await cluster.patch("appprojects", "default", { spec: everything });
      const commit = await cluster.push("6.9.3");
      await cluster.refresh("left");
      await well("left", commit);
    },
    3 * minutes,
  );
});
