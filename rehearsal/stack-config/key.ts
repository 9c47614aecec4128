import { RehearsalError } from "../errors.ts";

/** A configuration key in two parts, as `namespace:name`. */
export interface ConfigKey {
  readonly namespace: string;
  readonly name: string;
}

/**
 * Parses a key as the engine does (pulumi/pulumi, sdk/go/common/resource/config/key.go): `name` takes the project as
 * its namespace, `namespace:name` is itself, and `namespace:config:name` is the old spelling of the same.
 *
 * @throws RehearsalError on any other number of colons, naming the file.
 */
export function parseKey(text: string, project: string, file: string): ConfigKey {
  const parts = text.split(":");
  const [first = "", second = "", third = ""] = parts;
  if (parts.length === 1) return { namespace: project, name: first };
  if (parts.length === 2) return { namespace: first, name: second };
  if (parts.length === 3 && second === "config") return { namespace: first, name: third };
  throw new RehearsalError(`${file}: config: key "${text}" is not allowed; write "<name>" or "<namespace>:<name>"`);
}

/** The one spelling in which the language host passes keys on: `namespace:name`. */
export function formatKey(key: ConfigKey): string {
  return `${key.namespace}:${key.name}`;
}
