import { Connection, type ClusterOptions } from "./connection.ts";
import { Discovery } from "./discovery.ts";
import { describeObject, type KubernetesObject, type ObjectIdentity } from "./kubernetes-object.ts";
import { isNotFound, ServerError } from "./server-error.ts";

/** The owner of every field that rehearsal sets. */
export const fieldManager = "gitops-rehearsal";

/** How the garbage collector treats what a deleted object owns. */
export type Propagation = "Foreground" | "Background" | "Orphan";

/** The requests that rehearsal makes, for any kind of object. */
export class ClusterApi {
  readonly discovery: Discovery;
  private readonly connection: Connection;

  constructor(options: ClusterOptions, signal?: AbortSignal) {
    this.connection = new Connection(options, signal);
    this.discovery = new Discovery(this.connection);
  }

  /** The object's full identity: with the default namespace where its kind wants one. @throws when not served. */
  async identify(object: ObjectIdentity): Promise<ObjectIdentity> {
    const served = await this.discovery.find(object.apiVersion, object.kind);
    if (served === undefined) throw notServed(object);
    const { apiVersion, kind, name } = object;
    if (!served.namespaced) return { apiVersion, kind, name };
    return { apiVersion, kind, name, namespace: object.namespace ?? this.connection.defaultNamespace };
  }

  /** Server-side apply with force: fields that the program sets are the program's, whoever had them. */
  async apply(object: KubernetesObject): Promise<KubernetesObject> {
    const query = new URLSearchParams({ fieldManager, force: "true", fieldValidation: "Strict" });
    const path = `${await this.pathOf(identityOf(object))}?${query.toString()}`;
    const contentType = "application/apply-patch+yaml";
    return (await this.connection.send({ method: "PATCH", path, body: object, contentType })) as KubernetesObject;
  }

  /** The live object, or undefined when it, or its kind, is not there. */
  async read(identity: ObjectIdentity): Promise<KubernetesObject | undefined> {
    return orNotFound(async () => {
      const path = await this.discovery.path(identity);
      return path === undefined
        ? undefined
        : ((await this.connection.send({ method: "GET", path })) as KubernetesObject);
    });
  }

  /** Creates an object; a conflict when it is there. */
  async create(object: KubernetesObject): Promise<KubernetesObject> {
    const { apiVersion, kind, namespace } = identityOf(object);
    const path = `${await this.pathOf({ apiVersion, kind, namespace })}?fieldManager=${fieldManager}`;
    return (await this.connection.send({ method: "POST", path, body: object })) as KubernetesObject;
  }

  /** Replaces an object; a conflict when its resourceVersion is not the live one. */
  async replace(object: KubernetesObject): Promise<KubernetesObject> {
    const path = `${await this.pathOf(identityOf(object))}?fieldManager=${fieldManager}`;
    return (await this.connection.send({ method: "PUT", path, body: object })) as KubernetesObject;
  }

  /** Asks for an object to be deleted if it still is the one with this uid; nothing happens when it is not there. */
  async delete(identity: ObjectIdentity, uid: string | undefined, propagation: Propagation): Promise<void> {
    await orNotFound(async () => {
      const path = await this.discovery.path(identity);
      const preconditions = uid === undefined ? undefined : { uid };
      const body = { apiVersion: "v1", kind: "DeleteOptions", propagationPolicy: propagation, preconditions };
      return path === undefined ? undefined : this.connection.send({ method: "DELETE", path, body });
    });
  }

  /** Closes the connections. */
  close(): void {
    this.connection.close();
  }

  private async pathOf(identity: Omit<ObjectIdentity, "name"> & { name?: string }): Promise<string> {
    const path = await this.discovery.path(identity);
    if (path === undefined) throw notServed(identity);
    return path;
  }
}

/** Which object a JSON object is. */
export function identityOf({ apiVersion, kind, metadata: { name, namespace } }: KubernetesObject): ObjectIdentity {
  return { apiVersion, kind, name, namespace };
}

function notServed(identity: Omit<ObjectIdentity, "name"> & { name?: string }): ServerError {
  const { apiVersion, kind } = identity;
  const message = `the API server serves no kind "${kind}" in "${apiVersion}" (${describeObject({ name: "", ...identity }).trim()}); is its CRD installed, and does the resource depend on it?`;
  return new ServerError(404, "NotServed", message);
}

async function orNotFound<T>(ask: () => Promise<T>): Promise<T | undefined> {
  try {
    return await ask();
  } catch (error) {
    if (isNotFound(error)) return undefined;
    throw error;
  }
}
