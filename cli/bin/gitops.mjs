#!/usr/bin/env node
// The launcher of `gitops`: it bundles the TypeScript of the command when that changed, and runs the bundle.
import { loadBundle } from "../bundle/load.mjs";

const { main } = await loadBundle({ name: "gitops", entry: 'export { main } from "gitops-package:cli/main.ts";' });
process.exitCode = await main(process.argv.slice(2), { loadBundle });
