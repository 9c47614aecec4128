/** The process `workloads`: started by start.ts, described in README.md. */
import { parseArgs } from "node:util";

import { layout } from "../layout.ts";

import { serve } from "./serve.ts";

const { values } = parseArgs({
  options: {
    "directory": { type: "string" },
    "kubeconfig": { type: "string" },
    "podinfo": { type: "string" },
    "proxy-port": { type: "string" },
    "api-port": { type: "string" },
    "flags-port": { type: "string" },
  },
});

function given(name: keyof typeof values): string {
  const value = values[name];
  if (value === undefined) throw new Error(`--${name} is missing; start this process with npm start`);
  return value;
}

await serve({
  layout: layout(given("directory")),
  kubeconfig: given("kubeconfig"),
  podinfo: given("podinfo"),
  ports: {
    proxy: Number(given("proxy-port")),
    api: Number(given("api-port")),
    flags: Number(given("flags-port")),
  },
});
