import { RehearsalError } from "../errors.ts";

/** What a program sees in the place of every `secure:` value: nothing is ever decrypted. It is a DNS-1123 label. */
export const secretPlaceholder = "encrypted-value-not-decrypted";

/** One configuration value in the engine's form (pulumi/pulumi, sdk/go/common/resource/config/value.go). */
export interface ConfigValue {
  /** The text the program receives: a scalar's own text, or JSON of a structured value. */
  readonly text: string;
  /** True when the value, or any part of it, is a secret. */
  readonly secure: boolean;
  /** True when `text` is the JSON of an array, an object or a nested null. */
  readonly object: boolean;
}

/** A secret that is given in memory, in plain text; see {@link secret}. */
class PlainSecret {
  readonly text: string;
  constructor(text: string) {
    this.text = text;
  }
}

/** Marks an in-memory configuration value as secret, as `pulumi config set --secret` would. */
export function secret(text: string): unknown {
  return new PlainSecret(text);
}

/** Converts what a YAML file or an override holds. `where` starts the message of an error. */
export function toConfigValue(raw: unknown, where: string): ConfigValue {
  // A key without a value is an empty string at the top level and null further down
  // (pulumi/pulumi, sdk/go/common/workspace/loaders.go, checkForEmptyConfig).
  if (raw === null || raw === undefined) return { text: "", secure: false, object: false };
  const seen = { secure: false };
  const plain = normalise(raw, where, seen);
  const object = typeof plain === "object";
  return { text: typeof plain === "string" ? plain : JSON.stringify(plain), secure: seen.secure, object };
}

/** Replaces secrets by text and sorts keys: Go's JSON encoder sorts a map's keys, and programs see that order. */
function normalise(raw: unknown, where: string, seen: { secure: boolean }): unknown {
  if (raw === null || typeof raw === "string" || typeof raw === "number" || typeof raw === "boolean") return raw;
  if (raw instanceof PlainSecret) {
    seen.secure = true;
    return raw.text;
  }
  if (raw instanceof Date) {
    throw new RehearsalError(`${where}: a bare date is rewritten by the engine; quote it: "${raw.toISOString()}"`);
  }
  if (Array.isArray(raw)) return raw.map((item, index) => normalise(item, `${where}[${index}]`, seen));
  if (typeof raw !== "object") throw new RehearsalError(`${where}: a ${typeof raw} is not a configuration value`);
  const entries = Object.entries(raw);
  if (isSecure(entries)) {
    seen.secure = true;
    return secretPlaceholder;
  }
  const sorted = entries.filter(([, item]) => item !== undefined).sort(([a], [b]) => (a < b ? -1 : 1));
  return Object.fromEntries(sorted.map(([key, item]) => [key, normalise(item, `${where}.${key}`, seen)]));
}

/** `secure` alone with a string is ciphertext (pulumi/pulumi, sdk/go/common/resource/config/object.go, isSecureValue). */
function isSecure(entries: readonly [string, unknown][]): boolean {
  const [only] = entries;
  return entries.length === 1 && only?.[0] === "secure" && typeof only[1] === "string";
}
