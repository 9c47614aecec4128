import type { z } from "zod";

/** An object of the schema, with its fields. */
export interface SchemaObject {
  /** `cluster(eks).nodeGroups[].taints[]`; a union's branch in parentheses, a record's key in angle brackets. */
  readonly path: string;
  readonly shape: Readonly<Record<string, z.ZodType>>;
}

interface Definition {
  readonly type: string;
  readonly innerType?: z.ZodType;
  readonly element?: z.ZodType;
  readonly valueType?: z.ZodType;
  readonly options?: readonly z.ZodType[];
  readonly discriminator?: string;
  readonly shape?: Readonly<Record<string, z.ZodType>>;
  readonly values?: readonly unknown[];
}

const definition = (schema: z.ZodType) => schema.def as unknown as Definition;

/** Every object in a zod schema, from the outside in. */
export function objectsIn(schema: z.ZodType, path = ""): SchemaObject[] {
  const { type, innerType, element, valueType, options, discriminator, shape } = definition(schema);
  switch (type) {
    case "object": {
      const fields = Object.entries(shape ?? {});
      const inner = fields.flatMap(([name, field]) => objectsIn(field, path === "" ? name : `${path}.${name}`));
      return [{ path, shape: shape ?? {} }, ...inner];
    }
    case "array":
      return objectsIn(element!, `${path}[]`);
    case "record":
      return objectsIn(valueType!, `${path}.<key>`);
    case "union":
      return (options ?? []).flatMap((option) =>
        objectsIn(option, `${path}(${branchOf(option, discriminator ?? "")})`),
      );
    default:
      return innerType === undefined ? [] : objectsIn(innerType, path);
  }
}

function branchOf(option: z.ZodType, discriminator: string): string {
  const field = definition(option).shape?.[discriminator];
  return field === undefined ? "" : String(definition(field).values?.[0]);
}
