import { mkdir, readFile, rename, writeFile } from "node:fs/promises";

import { z } from "zod";

import type { Layout } from "../layout.ts";

const schema = z.looseObject({
  ports: z.record(z.string(), z.number().int()).default({}),
  /** The Kubernetes version that last wrote the data of etcd, such as "v1.36.3". */
  kubernetes: z.string().optional(),
});

/** What a platform remembers between its starts. Unknown fields are kept. */
export type State = z.infer<typeof schema>;

/** @throws Error when the file is there and is not a state */
export async function readState(layout: Layout): Promise<State> {
  const text = await readFile(layout.state, "utf8").catch((error: NodeJS.ErrnoException) => {
    if (error.code === "ENOENT") return "{}";
    throw error;
  });
  try {
    return schema.parse(JSON.parse(text));
  } catch (error) {
    throw new Error(`${layout.state}: not the state of a local platform; delete the file and start again`, {
      cause: error,
    });
  }
}

/** Changes of one Node process happen one after the other, whoever asks for them. */
let queue: Promise<unknown> = Promise.resolve();

/** Reads, changes and writes the state; the file is replaced as a whole. */
export async function updateState<T>(
  layout: Layout,
  change: (state: State) => Promise<{ state: State; result: T }>,
): Promise<T> {
  const next = queue.then(async () => {
    const { state, result } = await change(await readState(layout));
    await mkdir(layout.directory, { recursive: true, mode: 0o700 });
    await writeFile(`${layout.state}.new`, `${JSON.stringify(state, undefined, 2)}\n`, { mode: 0o600 });
    await rename(`${layout.state}.new`, layout.state);
    return result;
  });
  queue = next.catch(() => undefined);
  return next;
}
