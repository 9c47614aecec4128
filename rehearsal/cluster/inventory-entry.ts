import type { RecordedResource } from "../runtime/recorded-resource.ts";
import { urnOfReference } from "../runtime/urn.ts";

import type { Propagation } from "./api.ts";
import { identityKey, type KubernetesObject, type ObjectIdentity } from "./kubernetes-object.ts";

/** One object that a stack made. */
export interface InventoryEntry extends ObjectIdentity {
  readonly urn: string;
  /** URNs of the entries that must stay until this one is gone. */
  readonly dependencies: readonly string[];
  readonly deletedWith?: string | undefined;
  readonly retain?: true | undefined;
  readonly protect?: true | undefined;
  /** Default: Foreground, as the Kubernetes provider deletes. */
  readonly propagation?: Propagation | undefined;
}

/** Entries by {@link identityKey}. */
export type Entries = ReadonlyMap<string, InventoryEntry>;

/** What is known of one object of a program: the object, and the resource that declares it. */
export interface DeclaredObject {
  readonly identity: ObjectIdentity;
  readonly object: KubernetesObject;
  readonly resource: RecordedResource;
}

/**
 * The entries of a program's objects. Components and providers are not in an inventory, so what an object has to do
 * with them is followed through to objects: a child of a component waits for what the component depends on.
 */
export function toEntries(objects: readonly DeclaredObject[], resources: readonly RecordedResource[]): Entries {
  const byUrn = new Map(resources.map((resource) => [resource.urn, resource]));
  const made = new Set(objects.map(({ resource }) => resource.urn));
  return new Map(
    objects.map(({ identity, object, resource }) => {
      const found = new Set<string>();
      follow(resource, byUrn, made, found, new Set([resource.urn]));
      const entry: InventoryEntry = {
        ...identity,
        urn: resource.urn,
        dependencies: [...found],
        deletedWith: resource.deletedWith,
        retain: resource.retainOnDelete || undefined,
        protect: resource.protect || undefined,
        propagation: propagationOf(object),
      };
      return [identityKey(identity), entry];
    }),
  );
}

function follow(
  resource: RecordedResource,
  byUrn: ReadonlyMap<string, RecordedResource>,
  made: ReadonlySet<string>,
  found: Set<string>,
  visited: Set<string>,
): void {
  for (const urn of [...resource.dependencies, resource.parent, urnOfReference(resource.provider)]) {
    if (urn === undefined || visited.has(urn)) continue;
    visited.add(urn);
    const next = byUrn.get(urn);
    if (made.has(urn)) found.add(urn);
    else if (next !== undefined) follow(next, byUrn, made, found, visited);
  }
}

/** pulumi/pulumi-kubernetes, provider/pkg/metadata/overrides.go, DeletionPropagation. */
function propagationOf({ metadata }: KubernetesObject): Propagation | undefined {
  const policy = metadata.annotations?.["pulumi.com/deletionPropagationPolicy"]?.toLowerCase();
  return policy === "orphan" ? "Orphan" : policy === "background" ? "Background" : undefined;
}
