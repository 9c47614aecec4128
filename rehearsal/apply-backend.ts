import type { ClusterApi } from "./cluster/api.ts";
import { kindOfType, toObject, treatmentOf } from "./cluster/declared-object.ts";
import type { OnEvent } from "./cluster/events.ts";
import { explainStuck } from "./cluster/finalizers.ts";
import { toEntries, type DeclaredObject } from "./cluster/inventory-entry.ts";
import type { Inventory } from "./cluster/inventory.ts";
import {
  describeObject,
  identityKey,
  type KubernetesObject,
  type ObjectIdentity,
} from "./cluster/kubernetes-object.ts";
import { awaitReady } from "./cluster/readiness.ts";
import { ServerError } from "./cluster/server-error.ts";
import { waitFor, type WaitOptions } from "./cluster/wait.ts";
import { RehearsalError } from "./errors.ts";
import { answer, type Answers } from "./record.ts";
import type { Backend, Invocation, ResourceResult } from "./runtime/backend.ts";
import type { RecordedResource } from "./runtime/recorded-resource.ts";
import { readStackReference, type StackOutputs } from "./stack-reference.ts";

/** What applying needs. */
export interface ApplyContext {
  readonly api: ClusterApi;
  readonly inventory: Inventory;
  readonly answers: Answers | undefined;
  readonly stackOutputs: StackOutputs | undefined;
  readonly onEvent: OnEvent | undefined;
  readonly ready: WaitOptions;
}

/** Applies each object when the runtime registers it, which is when everything it depends on is there. */
export class ApplyBackend implements Backend {
  readonly objects: DeclaredObject[] = [];
  private readonly context: ApplyContext;
  private readonly seen: RecordedResource[] = [];
  private readonly claimed = new Map<string, string>();
  private done = 0;

  constructor(context: ApplyContext) {
    this.context = context;
  }

  invoke(invocation: Invocation): Readonly<Record<string, unknown>> {
    return answer(this.context.answers, invocation);
  }

  async register(resource: RecordedResource): Promise<ResourceResult> {
    this.seen.push(resource);
    switch (treatmentOf(resource)) {
      case "ignore":
        return { id: resource.name, outputs: resource.inputs };
      case "reference":
        return readStackReference(resource, this.context.stackOutputs, false);
      case "read":
        return this.read(resource);
      case "apply":
        try {
          return await this.apply(resource);
        } catch (error) {
          throw withUrn(error, resource.urn);
        }
    }
  }

  private async apply(resource: RecordedResource): Promise<ResourceResult> {
    const { api, inventory, onEvent, ready } = this.context;
    const object = toObject(resource);
    const identity = await api.identify({ ...object, ...pick(object) });
    this.claim(identityKey(identity), resource.urn);
    const declared = { identity, object, resource };
    this.objects.push(declared);
    const key = identityKey(identity);
    // Almost always known from the preview; an object that only showed up now is put on the list before it is made.
    if (!inventory.entries.has(key)) await inventory.add(toEntries([declared], this.seen));
    const live = await awaitReady(api, identity, await this.applyAfterDeletion(identity, object), ready);
    onEvent?.({ type: "applied", urn: resource.urn, object: identity, done: ++this.done });
    const id = identity.namespace === undefined ? identity.name : `${identity.namespace}/${identity.name}`;
    return { id, outputs: live };
  }

  /** An object that is still being deleted, from an earlier destroy, would take the fields and then go all the same. */
  private async applyAfterDeletion(identity: ObjectIdentity, object: KubernetesObject): Promise<KubernetesObject> {
    const { api, ready } = this.context;
    let last = await api.apply(object);
    if (last.metadata.deletionTimestamp === undefined) return last;
    const gone = await waitFor(async () => {
      const now = await api.read(identity);
      last = now ?? last;
      return now === undefined || now.metadata.uid !== last.metadata.uid ? true : undefined;
    }, ready);
    if (gone === undefined) throw new RehearsalError(`is still being deleted; ${explainStuck(identity, last)}`);
    return api.apply(object);
  }

  private async read({ urn, type, existingId = "" }: RecordedResource): Promise<ResourceResult> {
    const parts = existingId.split("/");
    const [namespace, name] = parts.length > 1 ? [parts[0], parts[1]] : [undefined, parts[0]];
    const identity = { ...kindOfType(type), namespace, name: name ?? "" };
    const live = await this.context.api.read(identity);
    if (live === undefined) throw new RehearsalError(`${urn}: ${describeObject(identity)} does not exist`);
    return { id: existingId, outputs: live };
  }

  private claim(key: string, urn: string): void {
    const other = this.claimed.get(key);
    if (other !== undefined) throw new RehearsalError(`declares the same object as ${other}; keep one of them`);
    this.claimed.set(key, urn);
  }
}

function pick({ metadata }: KubernetesObject): { readonly name: string; readonly namespace?: string | undefined } {
  return { name: metadata.name, namespace: metadata.namespace };
}

/** Says which resource an error is about, and what helps. */
function withUrn(error: unknown, urn: string): Error {
  if (!(error instanceof RehearsalError)) return error instanceof Error ? error : new RehearsalError(String(error));
  const message = error.message.startsWith(urn) ? error.message : `${urn}: ${error.message}`;
  if (!(error instanceof ServerError)) return new RehearsalError(message, { cause: error });
  const immutable = error.status === 422 && /immutable/.test(error.message);
  const advice = immutable ? "; the field cannot change: delete the object and apply again" : "";
  return new ServerError(error.status, error.reason, `${message}${advice}`);
}
