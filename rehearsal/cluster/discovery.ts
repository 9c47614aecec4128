import type { Connection } from "./connection.ts";
import { groupOf, type ObjectIdentity } from "./kubernetes-object.ts";
import { isNotFound } from "./server-error.ts";

/** How the API serves a kind. */
export interface ServedKind {
  /** The plural name in paths. */
  readonly plural: string;
  readonly namespaced: boolean;
}

interface ResourceList {
  readonly resources: readonly { readonly name: string; readonly kind: string; readonly namespaced: boolean }[];
}

/** The kinds that an API server serves, asked for once a group and version. */
export class Discovery {
  private readonly connection: Connection;
  private readonly lists = new Map<string, Promise<ReadonlyMap<string, ServedKind>>>();

  constructor(connection: Connection) {
    this.connection = connection;
  }

  /** How a kind is served; undefined when it is not. A kind that is not known yet is asked for again. */
  async find(apiVersion: string, kind: string): Promise<ServedKind | undefined> {
    const cached = (await this.lists.get(apiVersion))?.get(kind);
    if (cached !== undefined) return cached;
    return (await this.load(apiVersion)).get(kind);
  }

  /** The path of one object, or of its collection when it has no name; undefined when its kind is not served. */
  async path(identity: Omit<ObjectIdentity, "name"> & { name?: string }): Promise<string | undefined> {
    const served = await this.find(identity.apiVersion, identity.kind);
    if (served === undefined) return undefined;
    const namespace = served.namespaced ? (identity.namespace ?? this.connection.defaultNamespace) : undefined;
    return [
      rootOf(identity.apiVersion),
      ...(namespace === undefined ? [] : ["namespaces", encodeURIComponent(namespace)]),
      served.plural,
      ...(identity.name === undefined ? [] : [encodeURIComponent(identity.name)]),
    ].join("/");
  }

  private load(apiVersion: string): Promise<ReadonlyMap<string, ServedKind>> {
    const pending = this.pending.get(apiVersion) ?? this.fetch(apiVersion);
    this.pending.set(apiVersion, pending);
    this.lists.set(apiVersion, pending);
    void pending.catch(() => undefined).then(() => this.pending.delete(apiVersion));
    return pending;
  }

  private readonly pending = new Map<string, Promise<ReadonlyMap<string, ServedKind>>>();

  private async fetch(apiVersion: string): Promise<ReadonlyMap<string, ServedKind>> {
    try {
      const list = (await this.connection.send({ method: "GET", path: rootOf(apiVersion) })) as ResourceList;
      // `deployments/status` and the like are parts of a resource.
      const whole = list.resources.filter(({ name }) => !name.includes("/"));
      return new Map(whole.map(({ name, kind, namespaced }) => [kind, { plural: name, namespaced }]));
    } catch (error) {
      if (isNotFound(error)) return new Map();
      throw error;
    }
  }
}

function rootOf(apiVersion: string): string {
  return groupOf(apiVersion) === "" ? `/api/${apiVersion}` : `/apis/${apiVersion}`;
}
