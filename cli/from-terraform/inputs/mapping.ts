import type { ModuleMajor } from "../model.ts";

import type { Network } from "./network.ts";

/** What a conversion may look at beside the value. */
export interface ConversionContext {
  readonly major: ModuleMajor;
  /** VPC and subnets of the state; undefined where the file has none. */
  readonly network: Network | undefined;
  /** Another input, by its name of v21, or the module's default. */
  readonly input: (name: string) => unknown;
}

/** What became of a value. */
export interface Conversion {
  /** By keys of the stack's configuration: `cluster.endpoint.public`. */
  readonly set?: Readonly<Record<string, unknown>>;
  /** Parts that were left out, by their path below the input (empty for all of it). */
  readonly left?: readonly (readonly [path: string, why: string])[];
}

/** One input of the module, and what it is here. */
export interface InputMapping {
  /** Name in v21; a `*` at the end stands for every input that begins so. */
  readonly name: string;
  /** Name in v20, where it is another. */
  readonly v20?: string;
  /** The module's own default, where it is in effect and not the platform's. Default: none. */
  readonly moduleDefault?: unknown;
  /** Key of the stack's configuration, for people; undefined where there is none. */
  readonly key?: string;
  /** How the value becomes the key's; absent where there is no key. */
  readonly convert?: (value: unknown, context: ConversionContext) => Conversion;
  /** Why there is no key, or what differs. */
  readonly why: string;
}

/** A row for an input that has no key here. */
export const none = (name: string, why: string, v20?: string): InputMapping =>
  v20 === undefined ? { name, why } : { name, v20, why };

/** A conversion that takes the value as it is. */
export const same =
  (key: string) =>
  (value: unknown): Conversion => ({ set: { [key]: value } });

/** A conversion that leaves the value out. */
export const leave = (why: string, path = ""): Conversion => ({ left: [[path, why]] });

export const isRecord = (value: unknown): value is Readonly<Record<string, unknown>> =>
  typeof value === "object" && value !== null && !Array.isArray(value);

export const records = (value: unknown): readonly (readonly [string, Readonly<Record<string, unknown>>])[] =>
  isRecord(value) ? Object.entries(value).flatMap(([key, one]) => (isRecord(one) ? [[key, one] as const] : [])) : [];

export const texts = (value: unknown): readonly string[] =>
  Array.isArray(value) ? value.filter((one): one is string => typeof one === "string") : [];
