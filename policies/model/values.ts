/** Reading values whose shape a program decides: nothing here throws. */

export type Fields = Readonly<Record<string, unknown>>;

/** Stands for a value that only a deployment knows: Pulumi's own marker (@pulumi/pulumi, runtime/rpc, unknownValue). */
export const unknownValue = "04da6b54-80e4-46f7-96ec-b56ff0331ba9";

/** An object, or an empty one in place of anything else. */
export function fields(value: unknown): Fields {
  return typeof value === "object" && value !== null && !Array.isArray(value) ? (value as Fields) : {};
}

/** A list, or an empty one in place of anything else. */
export function list(value: unknown): readonly unknown[] {
  return Array.isArray(value) ? (value as readonly unknown[]) : [];
}

/** The texts in a list. */
export function texts(value: unknown): readonly string[] {
  return list(value).filter((item): item is string => typeof item === "string");
}

/** A text, or undefined in place of anything else and of what is unknown. */
export function text(value: unknown): string | undefined {
  return typeof value === "string" && value !== unknownValue ? value : undefined;
}

/** A number, also one written as text; undefined in place of anything else. */
export function number(value: unknown): number | undefined {
  const found = typeof value === "string" && value.trim() !== "" ? Number(value) : value;
  return typeof found === "number" && Number.isFinite(found) ? found : undefined;
}

/** As it goes into a message. */
export function quote(value: unknown): string {
  return value === undefined ? "nothing" : JSON.stringify(value);
}

/**
 * A copy without Pulumi's proxies, which throw when an unknown value is read and so turn a whole policy into a hint:
 * an unknown becomes {@link unknownValue}, and the other fields are judged.
 */
export function plain(value: unknown): unknown {
  if (typeof value !== "object" || value === null) return value;
  if (Array.isArray(value)) return Array.from({ length: value.length }, (_, index) => read(value, index));
  return Object.fromEntries(Object.keys(value).map((key) => [key, read(value, key)]));
}

function read(holder: object, key: string | number): unknown {
  let value: unknown;
  try {
    value = (holder as Record<string | number, unknown>)[key];
  } catch (error) {
    // Class UnknownValueError of @pulumi/policy, known by its field: importing the package here would load the SDK.
    if (error instanceof Error && "unknownTypeSentinel" in error) return unknownValue;
    throw error;
  }
  return plain(value);
}
