import { z } from "zod";

import { environmentNames } from "../../environments.ts";

/** Name of the stack output of a spoke that its hub reads. */
export const hubAccessOutput = "hubAccess";

/** Name of a spoke's namespace for the hub, of the account in it, and of the group that a role of AWS is in. */
export const hubIdentity = "gitops-hub";

const credentials = z.discriminatedUnion("kind", [
  /** A token of the account `gitops-hub`, which ends with its Secret. */
  z.object({ kind: z.literal("token"), token: z.string().min(1) }),
  /** The name of an EKS cluster, and a role that the hub's Argo CD takes to sign its requests. */
  z.object({ kind: z.literal("eks"), clusterName: z.string().min(1), roleArn: z.string().min(1) }),
]);

/** How the Argo CD of another stack gets into a cluster, and where in it. */
export const hubAccessSchema = z.object({
  /** Address of the API. */
  server: z.string().regex(/^https:\/\//),
  /** The authority of its certificate, PEM in base64. */
  caData: z.string().min(1),
  /** Namespace of each environment; the hub may do nothing outside them. */
  namespaces: z.partialRecord(z.enum(environmentNames), z.string()),
  credentials,
});

export type HubAccess = Readonly<z.output<typeof hubAccessSchema>>;
