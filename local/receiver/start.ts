import { fileURLToPath } from "node:url";

import type { Limits } from "../../cli/recovery/index.ts";
import { prepareLayout } from "../layout.ts";
import type { Layout } from "../layout.ts";
import { choosePorts, ensureProcess, httpProbe, sourceFiles, stopProcess } from "../processes/index.ts";
import type { EnsuredProcess } from "../processes/index.ts";

import { receiverName, receiverToken, tokenFile } from "./address.ts";
import { giveRights } from "./rights.ts";

export interface ReceiverEvent {
  /** The name of the process. */
  readonly subject: string;
  readonly outcome: EnsuredProcess["outcome"];
  /** Since the call. */
  readonly seconds: number;
}

export interface ReceiverOptions {
  /** Times of the engine where they differ from the local ones below. */
  readonly limits?: Partial<Limits>;
  readonly signal?: AbortSignal;
  readonly onEvent?: (event: ReceiverEvent) => void;
}

/** A receiver that takes reports. */
export interface Receiver {
  /** `http://127.0.0.1:<port>`. */
  readonly url: string;
}

/** What the program is made of. */
const folders = [".", "../kubernetes/", "../../cli/recovery/", "../../cli/deployed/"].map(
  (folder) => new URL(folder, import.meta.url),
);

/** One machine is watched while it works: a degraded mode ends after a minute there, not after ten. */
const localLimits: Partial<Limits> = { settle: 60, minimumInterval: 30, recoveryDeadline: 900 };

/**
 * Starts the process that answers failures reported by Argo CD. Needs the local Git host (`publish`) and Argo CD's
 * namespace (`startArgocd`, which also tells Argo CD where to report). Idempotent.
 * @throws ProcessError which names the log of the process that did not come up
 */
export async function startReceiver(
  layout: Layout,
  controlPlane: { readonly server: string; readonly kubeconfig: string },
  options: ReceiverOptions = {},
): Promise<Receiver> {
  const begin = performance.now();
  await prepareLayout(layout);
  const ports = await choosePorts(layout, receiverName, ["http"]);
  const url = `http://127.0.0.1:${ports.http}`;
  await receiverToken(layout);
  const kubeconfig = await giveRights(layout, controlPlane, options.signal);
  const { outcome } = await ensureProcess(
    layout,
    {
      name: receiverName,
      command: process.execPath,
      args: [
        "--max-old-space-size=128",
        "--import",
        import.meta.resolve("tsx"),
        fileURLToPath(new URL("main.ts", import.meta.url)),
        `--directory=${layout.directory}`,
        `--port=${ports.http}`,
        `--limits=${JSON.stringify({ ...localLimits, ...options.limits })}`,
      ],
      // The push hook would wait for the sync that the receiver itself waits for.
      env: { GITOPS_PUSH_WAIT: "0" },
      files: [kubeconfig, tokenFile(layout), ...(await sourceFiles(folders))],
      ports,
      ready: httpProbe(`${url}/health`),
    },
    options.signal,
  );
  options.onEvent?.({ subject: receiverName, outcome, seconds: (performance.now() - begin) / 1000 });
  return { url };
}

/** Stops the receiver; reports that are not handled yet stay on disk. Idempotent. */
export async function stopReceiver(layout: Layout): Promise<void> {
  await stopProcess(layout, receiverName);
}
