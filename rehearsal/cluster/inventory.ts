import { createHash } from "node:crypto";

import { RehearsalError } from "../errors.ts";

import type { ClusterApi } from "./api.ts";
import type { Entries, InventoryEntry } from "./inventory-entry.ts";
import { identityKey, type KubernetesObject } from "./kubernetes-object.ts";
import { isConflict } from "./server-error.ts";

/** Where a stack's inventory is kept. */
export interface InventoryLocation {
  readonly project: string;
  readonly stack: string;
  /** The namespace of the ConfigMap. Default: kube-system. */
  readonly namespace?: string | undefined;
}

type Change = (before: Entries) => Entries;

const dataKey = "objects.json";

/**
 * The list of what a stack made, in a ConfigMap of the cluster itself. Every write states which version it replaces,
 * so two applies of one stack at a time cannot lose each other's objects.
 */
export class Inventory {
  private readonly api: ClusterApi;
  private readonly location: InventoryLocation;
  private current: Entries = new Map();
  private version: string | undefined;
  private writing: Promise<void> = Promise.resolve();
  private next: Promise<void> | undefined;
  private waiting: Change[] = [];

  private constructor(api: ClusterApi, location: InventoryLocation) {
    this.api = api;
    this.location = location;
  }

  /** Reads what is there; a stack that made nothing yet has an empty inventory. */
  static async open(api: ClusterApi, location: InventoryLocation): Promise<Inventory> {
    const inventory = new Inventory(api, location);
    const live = await api.read({ ...inventory.identity(), apiVersion: "v1" });
    inventory.version = live?.metadata.resourceVersion;
    inventory.current = parse(live);
    return inventory;
  }

  /** What the cluster's list says. */
  get entries(): Entries {
    return this.current;
  }

  /** Adds entries, and writes only if one of them is new or different. Resolves when they are stored. */
  add(entries: Entries): Promise<void> {
    return this.update((before) => new Map([...before, ...entries]));
  }

  /** Takes objects off the list. */
  remove(keys: readonly string[]): Promise<void> {
    return this.update((before) => new Map([...before].filter(([key]) => !keys.includes(key))));
  }

  /** Deletes the list itself. */
  async discard(): Promise<void> {
    await this.writing;
    await this.api.delete({ ...this.identity(), apiVersion: "v1" }, undefined, "Background");
  }

  /** Changes that arrive while a write is under way go into the next one together. */
  private update(change: Change): Promise<void> {
    this.waiting.push(change);
    if (this.next !== undefined) return this.next;
    const next = this.writing.then(async () => {
      const changes = this.waiting;
      this.waiting = [];
      this.next = undefined;
      const after = changes.reduce((entries, apply) => apply(entries), this.current);
      if (serialize(after) === serialize(this.current)) return;
      await this.write(after);
      this.current = after;
    });
    this.next = next;
    this.writing = next.catch(() => undefined);
    return next;
  }

  private async write(entries: Entries): Promise<void> {
    const object = this.toConfigMap(entries);
    try {
      if (this.version === undefined) await this.ensureNamespace();
      const stored = this.version === undefined ? await this.api.create(object) : await this.api.replace(object);
      this.version = stored.metadata.resourceVersion;
    } catch (error) {
      if (!isConflict(error)) throw error;
      const { project, stack } = this.location;
      throw new RehearsalError(`stack "${stack}" of "${project}" is being changed by somebody else; try again later`);
    }
  }

  private toConfigMap(entries: Entries): KubernetesObject {
    const { kind, name, namespace } = this.identity();
    const labels = { "app.kubernetes.io/managed-by": "gitops-rehearsal", "app.kubernetes.io/component": "inventory" };
    const metadata = { name, namespace, labels, resourceVersion: this.version };
    return { apiVersion: "v1", kind, metadata, data: { [dataKey]: serialize(entries) } };
  }

  private async ensureNamespace(): Promise<void> {
    const namespace = { apiVersion: "v1", kind: "Namespace", name: this.identity().namespace };
    if ((await this.api.read(namespace)) !== undefined) return;
    await this.api.create({ ...namespace, metadata: { name: namespace.name } }).catch((error: unknown) => {
      if (!isConflict(error)) throw error;
    });
  }

  private identity(): { readonly kind: string; readonly name: string; readonly namespace: string } {
    const { project, stack, namespace = "kube-system" } = this.location;
    const plain = `${project}-${stack}`
      .toLowerCase()
      .replace(/[^a-z0-9-]+/g, "-")
      .slice(0, 180);
    // Distinct stacks may have the same plain name.
    const digest = createHash("sha256")
      .update(JSON.stringify([project, stack]))
      .digest("hex")
      .slice(0, 8);
    return { kind: "ConfigMap", name: `rehearsal-${plain}-${digest}`, namespace };
  }
}

/** Sorted, so that equal lists are equal texts. */
function serialize(entries: Entries): string {
  return JSON.stringify([...entries].sort(([a], [b]) => (a < b ? -1 : 1)).map(([, entry]) => entry));
}

function parse(live: KubernetesObject | undefined): Entries {
  if (live === undefined) return new Map();
  const text = (live["data"] as Readonly<Record<string, string>> | undefined)?.[dataKey] ?? "[]";
  const entries = JSON.parse(text) as readonly InventoryEntry[];
  return new Map(entries.map((entry) => [identityKey(entry), entry]));
}
