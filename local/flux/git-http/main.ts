/** The Git server as a process. Arguments: see ../processes.ts. Ends on SIGTERM. */
import { parseArgs } from "node:util";

import { gitHttpServer } from "./server.ts";

const { values } = parseArgs({ options: { repository: { type: "string" }, port: { type: "string" } } });

const server = gitHttpServer(values.repository ?? "");
server.listen(Number(values.port), "127.0.0.1");
for (const name of ["SIGTERM", "SIGINT"] as const) {
  process.on(name, () => {
    server.close();
    server.closeAllConnections();
  });
}
