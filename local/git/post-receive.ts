/**
 * The post-receive hook of the local Git host: has the GitOps engine look at the pushed branches at once, and prints how each
 * Application that follows one of them ends up. It imports little, because every push waits for that.
 *
 * Arguments: kubeconfig, `argocd` or `flux`, URL of this repository as it is named there, path of the argocd command.
 * Input: see
 * received.ts. Environment: GITOPS_PUSH_WAIT, seconds to wait, default 120; 0 waits for nothing.
 */
import { text } from "node:stream/consumers";

import { parseReceived } from "./received.ts";
import { reportPush } from "./report-push.ts";

const [kubeconfig = "", kind, repository = "", argocd = "argocd"] = process.argv.slice(2);
const gitops = kind === "flux" ? "flux" : "argocd";
const wanted = Number(process.env["GITOPS_PUSH_WAIT"] ?? "120");
const seconds = Number.isFinite(wanted) && wanted >= 0 ? wanted : 120;
const print = (line: string): void => void process.stdout.write(`${line}\n`);

const interrupt = new AbortController();
for (const signal of ["SIGINT", "SIGTERM"] as const) process.on(signal, () => interrupt.abort());
// Whoever pushed is gone, which is no reason for an error.
process.stdout.on("error", () => process.exit(0));

try {
  const received = parseReceived(await text(process.stdin));
  await reportPush(received, { kubeconfig, gitops, repository, argocd, seconds, signal: interrupt.signal, print });
} catch (error) {
  print(
    `The push is complete, but ${gitops === "flux" ? "Flux" : "Argo CD"} could not be asked (${error instanceof Error ? error.message : String(error)}).`,
  );
  print("It syncs by itself when it runs: npm start");
}
process.exit(0);
