/**
 * The generator of previews as a process: tells the ApplicationSet controller which branches of the local Git host are
 * previewed. It reads that repository and has no rights in the cluster. Arguments: see start.ts. Ends on SIGTERM.
 */
import { parseArgs } from "node:util";

import { layout } from "../layout.ts";

import { previewsToken } from "./address.ts";
import { choosePreviews, readBranches } from "./branches.ts";
import { generatorServer } from "./server.ts";

const { values } = parseArgs({ options: { directory: { type: "string" }, port: { type: "string" } } });
const platform = layout(values.directory);

const server = generatorServer({
  token: await previewsToken(platform),
  list: async (choice) => {
    const branches = await readBranches(platform.gitRepository, choice.prefix);
    return choosePreviews(branches, { ...choice, now: Date.now() / 1000 });
  },
});
server.listen(Number(values.port), "127.0.0.1");
for (const name of ["SIGTERM", "SIGINT"] as const) {
  process.on(name, () => {
    server.close();
    server.closeAllConnections();
  });
}
