import type { RecordedResource } from "./recorded-resource.ts";

/** What a backend made of a resource. */
export interface ResourceResult {
  /** The physical id; undefined means that it is not known yet. */
  readonly id?: string | undefined;
  /** Output properties; a property that is missing here is unknown in a preview and its input otherwise. */
  readonly outputs: Readonly<Record<string, unknown>>;
}

/** A question to a provider: an invoke (`aws:index/getRegion:getRegion`) or a method of a remote component. */
export interface Invocation {
  readonly token: string;
  readonly inputs: Readonly<Record<string, unknown>>;
  readonly provider?: string | undefined;
}

/** What stands behind the monitor: it decides what "creating" a resource means. A rejection ends the run. */
export interface Backend {
  /**
   * Called once a resource's dependencies are resolved; what depends on it waits for the answer. Components come too,
   * so that the backend knows what is between objects; there is nothing to make of them.
   */
  register(resource: RecordedResource): ResourceResult | Promise<ResourceResult>;
  /** Answers a provider's function. */
  invoke(invocation: Invocation): Readonly<Record<string, unknown>> | Promise<Readonly<Record<string, unknown>>>;
}
