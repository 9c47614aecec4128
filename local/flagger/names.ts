import { namespaces } from "../../infra/controllers/namespaces.ts";

export const flaggerNamespace = namespaces.flagger;

/** The Service of the load tester, as its chart names it for a release of that name (charts/loadtester). */
export const loadtesterService = "flagger-loadtester";

/** Names of the processes. */
export const processNames = { flagger: "flagger", loadtester: "flagger-loadtester" } as const;

/** The owner, in `metadata.managedFields`, of what the local platform applies for Flagger. */
export const fieldManager = "gitops-local-flagger";
