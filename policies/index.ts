import { fileURLToPath } from "node:url";

import { PolicyPack } from "@pulumi/policy";

import { packName, packPolicies } from "./pack.ts";

// Constructing a pack starts its server: nothing but the engine and the analyzer imports this file.
const waivers = process.env["GITOPS_POLICIES_WAIVERS"] ?? fileURLToPath(new URL("waivers.yaml", import.meta.url));
new PolicyPack(packName, {
  description: "The rules of the GitOps platform.",
  policies: packPolicies(waivers),
});
