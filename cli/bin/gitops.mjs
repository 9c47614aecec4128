#!/usr/bin/env node
// The launcher of `gitops`: it bundles the TypeScript of the command when that changed, and runs the bundle.
import { loadBundle } from "../bundle/load.mjs";

// `gitops plan | head` is no error: whoever read has seen enough.
process.stdout.on("error", (error) => {
  if (error.code !== "EPIPE") throw error;
  process.exit();
});

const { main } = await loadBundle({ name: "gitops", entry: 'export { main } from "gitops-package:cli/main.ts";' });
process.exitCode = await main(process.argv.slice(2), { loadBundle });
