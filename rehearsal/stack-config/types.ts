import type { ConfigValue } from "./value.ts";

/** The types a project may declare (pulumi/pulumi, sdk/go/common/workspace/project.json, simpleConfigType). */
export const simpleTypes = ["string", "integer", "boolean", "array", "object"] as const;

/** The type of an array's items; arrays nest. */
export interface ItemsType {
  readonly type: string;
  readonly items?: ItemsType | undefined;
}

/** `array<array<string>>` and the like, for messages. */
export function typeName(type: string, items: ItemsType | undefined): string {
  return items === undefined ? type : `array<${typeName(items.type, items.items)}>`;
}

/** The content of a value as the engine checks it: JSON when structured, text when not. */
export function contentOf(value: ConfigValue): unknown {
  return value.object ? (JSON.parse(value.text) as unknown) : value.text;
}

/** Whether content has a declared type, by the engine's rules (pulumi/pulumi, workspace/project.go, ValidateConfigValue). */
export function hasType(content: unknown, type: string, items: ItemsType | undefined): boolean {
  switch (type) {
    case "string":
      return typeof content === "string";
    case "integer":
      return typeof content === "string" ? /^[+-]?\d+$/.test(content) : Number.isInteger(content);
    case "boolean":
      return typeof content === "boolean" || content === "true" || content === "false";
    case "object":
      return typeof content === "object" && content !== null && !Array.isArray(content);
    default:
      if (!Array.isArray(content) || items === undefined) return false;
      return content.every((item: unknown) => hasType(item, items.type, items.items));
  }
}
