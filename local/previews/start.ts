import { fileURLToPath } from "node:url";

import { argocdNamespace, partOfLabel } from "../argocd/names.ts";
import { applyObjects } from "../kubernetes/apply.ts";
import type { KubernetesObject } from "../kubernetes/rest-client.ts";
import { restClient } from "../kubernetes/rest-client.ts";
import { prepareLayout } from "../layout.ts";
import type { Layout } from "../layout.ts";
import { choosePorts, ensureProcess, httpProbe, sourceFiles, stopProcess } from "../processes/index.ts";
import type { EnsuredProcess } from "../processes/index.ts";

import { previewsName, previewsToken, tokenFile } from "./address.ts";

export interface PreviewsEvent {
  /** The name of the process. */
  readonly subject: string;
  readonly outcome: EnsuredProcess["outcome"];
}

export interface PreviewsOptions {
  readonly signal?: AbortSignal;
  readonly onEvent?: (event: PreviewsEvent) => void;
}

/**
 * Starts the process that tells Argo CD which branches are previewed, and tells Argo CD where it is. Needs the local Git
 * host (`publish`) and Argo CD's namespace. Idempotent.
 * @throws ProcessError which names the log of the process that did not come up
 */
export async function startPreviews(
  layout: Layout,
  controlPlane: { readonly kubeconfig: string },
  options: PreviewsOptions = {},
): Promise<void> {
  await prepareLayout(layout);
  const ports = await choosePorts(layout, previewsName, ["http"]);
  const url = `http://127.0.0.1:${ports.http}`;
  const token = await previewsToken(layout);
  const client = restClient(controlPlane.kubeconfig);
  try {
    const { signal } = options;
    await applyObjects(client, address(url, token), { fieldManager: previewsName, ...(signal ? { signal } : {}) });
  } finally {
    client.close();
  }
  const { outcome } = await ensureProcess(
    layout,
    {
      name: previewsName,
      command: process.execPath,
      args: [
        "--max-old-space-size=64",
        "--import",
        import.meta.resolve("tsx"),
        fileURLToPath(new URL("main.ts", import.meta.url)),
        `--directory=${layout.directory}`,
        `--port=${ports.http}`,
      ],
      files: [tokenFile(layout), ...(await sourceFiles([new URL(".", import.meta.url)]))],
      ports,
      ready: httpProbe(`${url}/health`),
    },
    options.signal,
  );
  options.onEvent?.({ subject: previewsName, outcome });
}

/** Stops the generator; without it Argo CD leaves the previews as they are. Idempotent. */
export async function stopPreviews(layout: Layout): Promise<void> {
  await stopProcess(layout, previewsName);
}

/** As docs/operator-manual/applicationset/Generators-Plugin.md of argoproj/argo-cd v3.5.7 asks. */
function address(url: string, token: string): readonly KubernetesObject[] {
  const metadata = { name: previewsName, namespace: argocdNamespace, labels: { ...partOfLabel } };
  return [
    { apiVersion: "v1", kind: "Secret", metadata, stringData: { token } },
    {
      apiVersion: "v1",
      kind: "ConfigMap",
      metadata,
      data: { baseUrl: url, token: `$${previewsName}:token`, requestTimeout: "10" },
    },
  ];
}
