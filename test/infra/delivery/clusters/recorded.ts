import { record } from "../../../../rehearsal/index.ts";
import type { RecordOptions } from "../../../../rehearsal/index.ts";
import { RecordedStack, root } from "../../stacks/stack.ts";

/** Full name of the stack that the hub of these tests delivers to. */
export const prodStack = "acme/gitops-platform/prod";

const address = "https://api.prod.example.test";
const authority = Buffer.from("authority of prod").toString("base64");
const token = "token-of-prod";

/** What a spoke puts out. */
export const hubAccess = {
  server: address,
  caData: authority,
  namespaces: { prod: "prod" },
  credentials: { kind: "token", token },
} as const;

const kubeconfig = JSON.stringify({
  "clusters": [{ name: "prod", cluster: { "server": address, "certificate-authority-data": authority } }],
  "contexts": [{ name: "prod", context: { cluster: "prod" } }],
  "current-context": "prod",
});

/** The stack prod as a spoke, as a deployment would see it. */
export async function recordSpoke(config: Readonly<Record<string, unknown>> = {}): Promise<RecordedStack> {
  const recording = await record({
    stack: "prod",
    project: root,
    preview: false,
    config: { argocd: { managedBy: "hub" }, ...config },
    outputs: ({ type, name, inputs }) => ({
      ...(type.startsWith("aws:") ? { arn: `arn:${name}`, keyId: name, allocationId: name, latestVersion: 7 } : {}),
      ...(type === "eks:index:Cluster" ? { kubeconfigJson: kubeconfig } : {}),
      ...(inputs["type"] === "kubernetes.io/service-account-token"
        ? { data: { "token": Buffer.from(token).toString("base64"), "ca.crt": authority } }
        : {}),
    }),
  });
  return new RecordedStack(recording);
}

/** The stack dev as the hub of prod. */
export async function recordHub(options: Partial<RecordOptions> = {}): Promise<RecordedStack> {
  const recording = await record({
    stack: "dev",
    project: root,
    preview: false,
    outputs: ({ type, name }) => ({
      ...(type.startsWith("aws:") ? { arn: `arn:${name}`, keyId: name, allocationId: name, latestVersion: 7 } : {}),
      ...(type === "eks:index:Cluster" ? { kubeconfigJson: "{}" } : {}),
    }),
    stackOutputs: { [prodStack]: { outputs: { hubAccess }, secretOutputs: ["hubAccess"] } },
    ...options,
    config: { clusters: [{ stack: prodStack, environments: ["prod"] }], ...options.config },
  });
  return new RecordedStack(recording);
}
