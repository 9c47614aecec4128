import { stringify } from "yaml";

import type { TestPlatform } from "../argocd/harness.ts";

/** Folders of the project's own `apps/`: the program declares an Application for each. */
export const applications = ["app", "core-trading", "reporting", "risk-control"] as const;

/** As the admission policies of the environments ask for. */
function deployment(name: string, tag: string) {
  const labels = { app: name };
  const container = {
    name,
    image: `ghcr.io/stefanprodan/podinfo:${tag}`,
    resources: { requests: { cpu: "10m", memory: "16Mi" }, limits: { cpu: "100m", memory: "64Mi" } },
    securityContext: {
      allowPrivilegeEscalation: false,
      runAsNonRoot: true,
      runAsUser: 10001,
      readOnlyRootFilesystem: true,
      capabilities: { drop: ["ALL"] },
      seccompProfile: { type: "RuntimeDefault" },
    },
  };
  return {
    apiVersion: "apps/v1",
    kind: "Deployment",
    metadata: { name },
    spec: {
      replicas: 1,
      selector: { matchLabels: labels },
      template: {
        metadata: { labels },
        spec: {
          automountServiceAccountToken: false,
          securityContext: { runAsNonRoot: true },
          containers: [container],
        },
      },
    },
  };
}

/** Writes the overlay of an application: a Deployment, and a ConfigMap for each name. */
export async function writeOverlay(
  platform: TestPlatform,
  application: string,
  environment: string,
  { tag = "6.9.0", settings = ["settings"] }: { readonly tag?: string; readonly settings?: readonly string[] } = {},
): Promise<void> {
  const folder = `apps/${application}/overlays/${environment}`;
  const configMaps = settings.map((name) => ({
    apiVersion: "v1",
    kind: "ConfigMap",
    metadata: { name: `${application}-${name}` },
    data: { mode: "from Git" },
  }));
  const objects = [deployment(application, tag), ...configMaps].map((object) => stringify(object)).join("---\n");
  await platform.write(`${folder}/kustomization.yaml`, "resources: [objects.yaml]\n");
  await platform.write(`${folder}/objects.yaml`, objects);
}

/** Commits all, and pushes to the branches. @returns what the push printed */
export async function push(platform: TestPlatform, message: string, ...branches: readonly string[]): Promise<string> {
  await platform.git("add", ".");
  await platform.git("commit", "--quiet", "--message", message);
  const { stderr } = await platform.git("push", "local", ...branches.map((branch) => `HEAD:${branch}`));
  return stderr;
}
