import * as rpc from "@pulumi/pulumi/runtime/rpc.js";

/** What stands in recorded inputs and outputs for a value that only a deployment can know: Pulumi's own marker. */
export const unknownValue: string = rpc.unknownValue;

/** A property bag as plain JSON, and where in it secrets and unknowns were. */
export interface PlainProperties {
  readonly properties: Readonly<Record<string, unknown>>;
  /** Paths such as `data.password` or `args[0]`; what lies below such a path is secret as well. */
  readonly secrets: readonly string[];
  /** Paths whose value is {@link unknownValue}. */
  readonly unknowns: readonly string[];
}

/** Unwraps what the SDK sends: secrets become their plain value, references the id (or else the URN) they point to. */
export function fromWire(wire: Readonly<Record<string, unknown>>): PlainProperties {
  const found: Found = { secrets: [], unknowns: [] };
  return { properties: unwrapEntries(wire, "", found), ...found };
}

interface Found {
  readonly secrets: string[];
  readonly unknowns: string[];
}

function unwrapEntries(wire: object, path: string, found: Found): Record<string, unknown> {
  const prefix = path === "" ? "" : `${path}.`;
  return Object.fromEntries(Object.entries(wire).map(([key, value]) => [key, unwrap(value, `${prefix}${key}`, found)]));
}

function unwrap(value: unknown, path: string, found: Found): unknown {
  if (value === rpc.unknownValue) found.unknowns.push(path);
  if (typeof value !== "object" || value === null) return value;
  if (Array.isArray(value)) return value.map((item, index) => unwrap(item, `${path}[${index}]`, found));
  const fields = value as Readonly<Record<string, unknown>>;
  switch (fields[rpc.specialSigKey]) {
    case rpc.specialSecretSig:
      found.secrets.push(path);
      return unwrap(fields["value"], path, found);
    case rpc.specialResourceSig:
      return unwrap(fields["id"] === "" ? rpc.unknownValue : (fields["id"] ?? fields["urn"]), path, found);
    case rpc.specialOutputValueSig:
      if (fields["secret"] === true) found.secrets.push(path);
      return unwrap("value" in fields ? fields["value"] : rpc.unknownValue, path, found);
    default:
      return unwrapEntries(value, path, found);
  }
}

/** Marks every property as secret that has a secret path in it, as providers do with outputs of secret inputs. */
export function toWire(plain: Readonly<Record<string, unknown>>, secrets: readonly string[]): Record<string, unknown> {
  const wire: Record<string, unknown> = { ...plain };
  for (const path of secrets) {
    const key = /^[^.[]+/.exec(path)?.[0] ?? path;
    const value = plain[key];
    const already = typeof value === "object" && value !== null && rpc.specialSigKey in value;
    if (key in plain && !already) wire[key] = { [rpc.specialSigKey]: rpc.specialSecretSig, value };
  }
  return wire;
}
