import { LuaFactory } from "wasmoon";

export interface Health {
  readonly status: string;
  readonly message: string;
}

/**
 * Runs a health check in a real Lua VM with the libraries that Argo CD opens (base, table, a safe os): what a script
 * reaches for beyond them fails here as it would there.
 */
export async function health(script: string, object: object): Promise<Health> {
  const lua = await new LuaFactory().createEngine();
  try {
    await lua.doString(`
      getmetatable("").__index = nil
      string, math, io, debug, coroutine, utf8, os = nil, nil, nil, nil, nil, nil, nil
    `);
    // As a Lua table and not as a proxy of a JavaScript object: `ipairs` and `==` must behave as in Argo CD.
    await lua.doString(`obj = ${table(object)}`);
    return (await lua.doString(script)) as Health;
  } finally {
    lua.global.close();
  }
}

function table(value: unknown): string {
  if (Array.isArray(value)) return `{${value.map(table).join(",")}}`;
  if (typeof value === "object" && value !== null) {
    return `{${Object.entries(value)
      .map(([key, field]) => `[${JSON.stringify(key)}]=${table(field)}`)
      .join(",")}}`;
  }
  return value === null || value === undefined ? "nil" : JSON.stringify(value);
}
