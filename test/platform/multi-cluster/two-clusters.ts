import { join } from "node:path";

import { administratorConfig } from "../../../local/control-plane/index.ts";
import { flaggerInstallation } from "../../../local/flagger/manifests.ts";
import { publish, repositoryUrl } from "../../../local/git/index.ts";
import { install } from "../../../local/kubernetes/install.ts";
import { restClient } from "../../../local/kubernetes/rest-client.ts";
import { ensureTools } from "../../../local/tools/ensure.ts";
import { apply } from "../../../rehearsal/index.ts";
import type { Applied } from "../../../rehearsal/index.ts";
import { testPlatform } from "../argocd/harness.ts";
import type { TestPlatform as Hub } from "../argocd/harness.ts";
import { TestPlatform as ControlPlane } from "../control-plane/platform.ts";

import { applications, writeOverlay } from "./applications.ts";

const project = join(import.meta.dirname, "..", "..", "..");

/** Full name of the spoke's stack; a self-managed backend has this organization. */
const spokeStack = "organization/gitops-platform/prod";

/** Two control planes: the hub with Argo CD and the environment dev, the spoke with prod. */
export interface TwoClusters {
  readonly hub: Hub;
  readonly spoke: ControlPlane;
  /** Applies the program of the stack prod to the spoke. */
  readonly applySpoke: () => Promise<Applied>;
  /** Applies the program of the stack dev to the hub. @param clusters whether the spoke is one of them */
  readonly applyHub: (spoke: Applied, clusters?: boolean) => Promise<Applied>;
  readonly remove: () => Promise<void>;
}

export async function startTwoClusters(): Promise<TwoClusters> {
  const hub = await testPlatform((tools, { kubeconfig }) => installDefinitions(kubeconfig, tools), {
    projects: ["dev", "prod"],
    remoteClusters: true,
  });
  const spoke = await ControlPlane.create();
  await spoke.start();
  const names = ["flagger", "gateway-api", "kustomize"] as const;
  const tools = await ensureTools({ names, logDirectory: spoke.layout.logs, onEvent: () => undefined });
  await installDefinitions(spoke.layout.kubeconfig, tools);
  for (const application of applications) {
    for (const environment of ["dev", "prod"]) await writeOverlay(hub, application, environment);
  }
  await hub.git("add", ".");
  await hub.git("commit", "--quiet", "--message", "Start");
  await publish(hub.layout, hub.checkout);

  const options = (stack: string, kubeconfig: string, config: Readonly<Record<string, unknown>>) => ({
    project,
    stack,
    stackFile: false as const,
    kubeconfig,
    config: {
      repository: repositoryUrl(hub.layout),
      cluster: { kind: "existing", kubeconfig },
      controllers: "preinstalled",
      applications: [],
      ...config,
    },
  });
  return {
    hub,
    spoke,
    applySpoke: () =>
      apply(options("prod", spoke.layout.kubeconfig, { environments: ["prod"], argocd: { managedBy: "hub" } })),
    applyHub: ({ outputs, secretOutputs }, clusters = true) =>
      apply({
        ...options("dev", hub.layout.kubeconfig, {
          environments: ["dev"],
          clusters: clusters ? [{ stack: spokeStack, environments: ["prod"] }] : [],
        }),
        stackOutputs: { [spokeStack]: { outputs, secretOutputs } },
      }),
    remove: async () => {
      await spoke.remove();
      await hub.destroy();
    },
  };
}

/** The kinds of Flagger, whose AlertProvider each environment has; it does not run here. */
async function installDefinitions(kubeconfig: string, tools: Parameters<typeof flaggerInstallation>[0]): Promise<void> {
  const client = restClient(kubeconfig);
  try {
    await install(client, await flaggerInstallation(tools));
  } finally {
    client.close();
  }
}

/** An administrator of one of the clusters. */
export const administrator = (of: { readonly layout: ControlPlane["layout"] }) => administratorConfig(of.layout);
