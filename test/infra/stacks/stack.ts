import { join } from "node:path";

import { record } from "../../../rehearsal/index.ts";
import type { RecordedResource, Recording } from "../../../rehearsal/index.ts";

export const root = join(import.meta.dirname, "..", "..", "..");

export const stackNames = ["dev", "staging", "prod", "local"] as const;

export type StackName = (typeof stackNames)[number];

/** Stacks that make a cluster of their own, one for each environment. */
export const cloudStacks = ["dev", "staging", "prod"] as const;

/** The object of Kubernetes that a resource declares. */
export interface DeclaredObject {
  readonly kind?: string;
  readonly metadata: { readonly name?: string; readonly namespace?: string; readonly labels?: Record<string, string> };
  readonly spec?: Readonly<Record<string, unknown>>;
}

export const objectOf = (resource: RecordedResource) => resource.inputs as unknown as DeclaredObject;

/** A stack's program as it was recorded, with the questions that the tests ask. */
export class RecordedStack {
  readonly recording: Recording;
  private readonly byUrn: ReadonlyMap<string, RecordedResource>;

  constructor(recording: Recording) {
    this.recording = recording;
    this.byUrn = new Map(recording.resources.map((resource) => [resource.urn, resource]));
  }

  get resources(): readonly RecordedResource[] {
    return this.recording.resources;
  }

  /** The resources of a type; a type that ends in ":" or "/" takes everything under it. */
  all(type: string): RecordedResource[] {
    return this.resources.filter((resource) =>
      /[:/]$/.test(type) ? resource.type.startsWith(type) : resource.type === type,
    );
  }

  /** How often each type is declared. */
  counts(): Record<string, number> {
    const counts: Record<string, number> = {};
    for (const { type } of this.resources) counts[type] = (counts[type] ?? 0) + 1;
    return counts;
  }

  /** URNs of all that the engine makes before a resource and deletes after it, transitively. */
  before(resource: RecordedResource, seen = new Set<string>()): Set<string> {
    const providers = [resource.provider, ...Object.values(resource.providers)].map((reference) =>
      reference?.slice(0, reference.lastIndexOf("::")),
    );
    for (const urn of [...resource.dependencies, ...providers, resource.parent]) {
      if (urn === undefined || seen.has(urn)) continue;
      seen.add(urn);
      const next = this.byUrn.get(urn);
      if (next !== undefined) this.before(next, seen);
    }
    return seen;
  }

  /** Everything under a component, at any depth. */
  within(component: RecordedResource): RecordedResource[] {
    const children = this.resources.filter(({ parent }) => parent === component.urn);
    return children.flatMap((child) => [child, ...this.within(child)]);
  }
}

/**
 * Records a stack of this repository as a deployment would see it: not as a preview, where the kubeconfig is unknown
 * and whether an unknown is secret cannot be seen.
 */
export async function recordStack(
  stack: StackName,
  config?: Readonly<Record<string, unknown>>,
): Promise<RecordedStack> {
  const recording = await record({
    stack,
    project: root,
    preview: false,
    config,
    outputs: ({ type, name }) => ({
      arn: `arn:${name}`,
      keyId: `key-${name}`,
      allocationId: `eip-${name}`,
      latestVersion: 7,
      ...(type === "eks:index:Cluster" ? { kubeconfigJson: "{}" } : {}),
    }),
  });
  return new RecordedStack(recording);
}

/** Milliseconds for `beforeAll`: the first recording of a process also loads Pulumi's SDKs, on a busy machine slowly. */
export const recordingTimeout = 120_000;

/** Every stack once, by name. */
export async function recordStacks(
  names: readonly StackName[] = stackNames,
): Promise<Record<StackName, RecordedStack>> {
  const recorded: Partial<Record<StackName, RecordedStack>> = {};
  for (const name of names) recorded[name] = await recordStack(name);
  return recorded as Record<StackName, RecordedStack>;
}
