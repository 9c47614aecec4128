// The entry for the Pulumi CLI, which `require`s the pack (@pulumi/pulumi, cmd/run-policy-pack/run.js) and has no
// option for a loader: the one of tsx lets it read our TypeScript. `gitops plan` runs a bundle of index.ts instead.
const { register } = require("tsx/cjs/api");

register();
require("./index.ts");
