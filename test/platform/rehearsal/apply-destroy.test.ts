import { execFile } from "node:child_process";
import { join } from "node:path";
import { promisify } from "node:util";

import { afterAll, beforeAll, describe, expect, jest, test } from "@jest/globals";
import { CoreV1Api, KubernetesObjectApi, type KubernetesObject } from "@kubernetes/client-node";
import { ConfigMap } from "@pulumi/kubernetes/core/v1/configMap.js";
import { Namespace } from "@pulumi/kubernetes/core/v1/namespace.js";
import * as pulumi from "@pulumi/pulumi";

import { administratorConfig, userKubeconfig } from "../../../local/control-plane/index.ts";
import { apply, destroy, type ApplyOptions, type ClusterEvent } from "../../../rehearsal/index.ts";
import { TestPlatform, startTimeout } from "../control-plane/platform.ts";

import { program } from "./fixtures/program.ts";

// A machine that builds at the same time is slow; nothing here measures time.
jest.setTimeout(120_000);

const project = join(import.meta.dirname, "fixtures");
let platform: TestPlatform;
let core: CoreV1Api;
let objects: KubernetesObjectApi;

beforeAll(async () => {
  platform = await TestPlatform.create();
  await platform.start();
  const config = administratorConfig(platform.layout);
  core = config.makeApiClient(CoreV1Api);
  objects = KubernetesObjectApi.makeApiClient(config);
}, startTimeout);
afterAll(() => platform.remove(), 120_000);

/** Options of a stack without a file; each test has a stack, and a namespace, of its own. */
function stackOptions(stack: string): ApplyOptions & { readonly events: ClusterEvent[] } {
  const events: ClusterEvent[] = [];
  const onEvent = (event: ClusterEvent): number => events.push(event);
  const { kubeconfig } = platform.layout;
  return { project, stack, stackFile: false, kubeconfig, onEvent, events };
}

/** Short names of what events of a type were about, in order. */
function namesOf(events: readonly ClusterEvent[], type: ClusterEvent["type"]): readonly string[] {
  return events.flatMap((event) => (event.type === type && "object" in event ? [event.object.name] : []));
}

async function configMaps(namespace: string): Promise<readonly string[]> {
  const { items } = await core.listNamespacedConfigMap({ namespace });
  const names = items.map(({ metadata }) => metadata?.name ?? "");
  return names.filter((name) => name !== "kube-root-ca.crt").sort();
}

async function namespaceExists(name: string): Promise<boolean> {
  const { items } = await core.listNamespace();
  return items.some(({ metadata }) => metadata?.name === name);
}

async function inventories(stack: string): Promise<number> {
  const { items } = await core.listNamespacedConfigMap({ namespace: "kube-system" });
  return items.filter(({ metadata }) => metadata?.name?.startsWith(`rehearsal-rehearsal-test-${stack}-`)).length;
}

describe("apply", () => {
  test("makes objects in the order of their dependencies, with live outputs and its own field manager", async () => {
    const options = stackOptions("order");
    const shape = { name: "order", settings: 3, withCustomResource: true };
    const { outputs } = await apply({ ...options, program: program(shape) });
    const namespace = await core.readNamespace({ name: "order" });
    expect(outputs).toEqual({ uid: namespace.metadata?.uid });
    const setting = await core.readNamespacedConfigMap({ namespace: "order", name: "setting-2" });
    expect(setting.data).toEqual({ uid: namespace.metadata?.uid });
    expect(setting.metadata?.managedFields?.map(({ manager }) => manager)).toEqual(["gitops-rehearsal"]);
    const login = await core.readNamespacedSecret({ namespace: "order", name: "login" });
    expect(Buffer.from(login.data?.["password"] ?? "", "base64").toString()).toBe("open sesame");

    const applied = namesOf(options.events, "applied");
    expect(applied).toHaveLength(7);
    expect(applied[0]).toBe("order");
    const chain = ["order", "login", "gadgets.order.example.test", "gadget"];
    expect(applied.filter((name) => chain.includes(name))).toEqual(chain);
  });

  test("again changes nothing at all", async () => {
    const options = stackOptions("again");
    const shape = { name: "again", settings: 2, withCustomResource: true };
    const versions = async (): Promise<readonly (string | undefined)[]> => {
      const gadget: KubernetesObject = { apiVersion: "again.example.test/v1", kind: "Gadget" };
      const read = await Promise.all([
        core.readNamespace({ name: "again" }),
        core.readNamespacedSecret({ namespace: "again", name: "login" }),
        core.readNamespacedConfigMap({ namespace: "again", name: "setting-1" }),
        objects.read({ ...gadget, metadata: { namespace: "again", name: "gadget" } }),
      ]);
      return read.map(({ metadata }) => metadata?.resourceVersion);
    };
    await apply({ ...options, program: program(shape) });
    const before = await versions();
    await apply({ ...options, program: program(shape) });
    expect(await versions()).toEqual(before);
  });

  test("takes back a field that somebody else changed", async () => {
    const options = { ...stackOptions("drift"), program: program({ name: "drift", settings: 1 }) };
    await apply(options);
    const address = { namespace: "drift", name: "setting-0" };
    const found = await core.readNamespacedConfigMap(address);
    await core.replaceNamespacedConfigMap({ ...address, body: { ...found, data: { uid: "by hand" } } });
    await apply(options);
    expect((await core.readNamespacedConfigMap(address)).data?.["uid"]).not.toBe("by hand");
  });

  test("removes what the program no longer declares, and leaves what is to be retained", async () => {
    const options = stackOptions("prune");
    const withExtra = (extra: boolean) => (): void => {
      const namespace = new Namespace("prune", { metadata: { name: "prune" } });
      if (!extra) return;
      const metadata = { namespace: namespace.metadata.name };
      const first = new ConfigMap("first", { metadata: { ...metadata, name: "first" } });
      new ConfigMap("second", { metadata: { ...metadata, name: "second" } }, { dependsOn: first });
      new ConfigMap("kept", { metadata: { ...metadata, name: "kept" } }, { retainOnDelete: true });
    };
    await apply({ ...options, program: withExtra(true) });
    expect(await configMaps("prune")).toEqual(["first", "kept", "second"]);
    await apply({ ...options, program: withExtra(false) });
    expect(await configMaps("prune")).toEqual(["kept"]);
    expect(namesOf(options.events, "deleted")).toEqual(["second", "first"]);
    expect(namesOf(options.events, "retained")).toEqual(["kept"]);
  });

  test("killed half-way leaks nothing: the next one removes what only the killed one made", async () => {
    const options = stackOptions("killed");
    const script = join(project, "killed-apply.ts");
    const args = ["--import", "tsx", script, options.kubeconfig, project, "killed"];
    await expect(promisify(execFile)(process.execPath, args)).rejects.toMatchObject({ signal: "SIGKILL" });
    expect(await namespaceExists("killed")).toBe(true);
    await apply({ ...options, program: program({ name: "killed", settings: 1 }) });
    expect(await configMaps("killed")).toEqual(["setting-0"]);
    await destroy(options);
    expect(await namespaceExists("killed")).toBe(false);
  });

  test("refuses what is no Kubernetes object before it changes anything", async () => {
    class Bucket extends pulumi.CustomResource {}
    const unsupported = (): void => {
      new Namespace("refused", { metadata: { name: "refused" } });
      new Bucket("aws:s3/bucket:Bucket", "bucket", {});
    };
    await expect(apply({ ...stackOptions("refused"), program: unsupported })).rejects.toThrow(
      'urn:pulumi:refused::rehearsal-test::aws:s3/bucket:Bucket::bucket: "aws:s3/bucket:Bucket" is not a Kubernetes ' +
        "object; apply supports Kubernetes objects only",
    );
    expect(await namespaceExists("refused")).toBe(false);
  });

  test.each([
    ["an object without a name", {}, /ConfigMap::c: set metadata.name/],
    ["what the API server refuses", { name: "Not A Name" }, /ConfigMap::c: .*Invalid value: "Not A Name"/],
    [
      "a namespace that is not there",
      { name: "c", namespace: "nowhere" },
      /ConfigMap::c: namespaces "nowhere" not found/,
    ],
  ])("says which resource it is about: %s", async (_name, metadata, message) => {
    const wrong = (): void => {
      new ConfigMap("c", { metadata });
    };
    await expect(apply({ ...stackOptions("wrong"), program: wrong })).rejects.toThrow(message);
  });

  test("says what a user may not do", async () => {
    const path = join(platform.layout.directory, "nobody.kubeconfig");
    await userKubeconfig(platform.layout, { name: "nobody", groups: ["nobodies"], path });
    const options = { ...stackOptions("denied"), program: program({ name: "denied", settings: 0 }), kubeconfig: path };
    await expect(apply(options)).rejects.toThrow(/User "nobody" cannot get resource "configmaps"/);
  });

  test("refuses one object that two resources declare", async () => {
    const twice = (): void => {
      new ConfigMap("a", { metadata: { name: "same" } });
      new ConfigMap("b", { metadata: { name: "same" } });
    };
    const options = stackOptions("twice");
    await expect(apply({ ...options, program: twice })).rejects.toThrow(
      /declares the same object as urn:.*ConfigMap::/,
    );
    await destroy(options);
    expect(await configMaps("default")).toEqual([]);
  });
});

describe("destroy", () => {
  test("leaves nothing, deletes dependents first, and may be run again", async () => {
    const options = stackOptions("gone");
    await apply({ ...options, program: program({ name: "gone", settings: 4, withCustomResource: true }) });
    expect(await inventories("gone")).toBe(1);
    await core.deleteNamespacedConfigMap({ namespace: "gone", name: "setting-3" });
    await destroy(options);
    expect(await namespaceExists("gone")).toBe(false);
    expect(await inventories("gone")).toBe(0);
    const order = namesOf(options.events, "deleting");
    expect(order.indexOf("gadget")).toBeLessThan(order.indexOf("gadgets.gone.example.test"));
    expect(order.indexOf("gadgets.gone.example.test")).toBeLessThan(order.indexOf("login"));
    expect(order.at(-1)).toBe("gone");
    await destroy(options);
  });

  test("says which object is stuck, on which finalizers, and goes on when it is run again", async () => {
    const options = stackOptions("stuck");
    const finalizers = ["finalizer.keda.sh", "example.test/unknown"];
    await apply({ ...options, program: program({ name: "stuck", settings: 0, withCustomResource: true, finalizers }) });
    const error = await destroy({ ...options, removeTimeout: 500 }).catch((caught: unknown) => caught);
    const message = (error as Error).message;
    expect(message).toContain("Gadget.stuck.example.test stuck/gadget: waits for its finalizers");
    expect(message).toContain('finalizer "finalizer.keda.sh" is removed by the KEDA operator');
    expect(message).toContain('finalizer "example.test/unknown" is removed by the controller that set it');
    expect(await namespaceExists("stuck")).toBe(true);

    const address = {
      apiVersion: "stuck.example.test/v1",
      kind: "Gadget",
      metadata: { namespace: "stuck", name: "gadget" },
    };
    const live = await objects.read(address);
    await objects.replace({ ...live, metadata: { ...live.metadata, finalizers: [] } });
    await destroy(options);
    expect(await namespaceExists("stuck")).toBe(false);
  });

  test("deletes nothing when something is protected", async () => {
    const options = stackOptions("protected");
    const guarded = (protect: boolean) => (): void => {
      const namespace = new Namespace("protected", { metadata: { name: "protected" } }, { protect });
      new ConfigMap("c", { metadata: { name: "c", namespace: namespace.metadata.name } });
    };
    await apply({ ...options, program: guarded(true) });
    await expect(destroy(options)).rejects.toThrow(/protected objects are not deleted.*\n.*Namespace::protected/);
    expect(await configMaps("protected")).toEqual(["c"]);
    await apply({ ...options, program: guarded(false) });
    await destroy(options);
    expect(await namespaceExists("protected")).toBe(false);
  });
});
