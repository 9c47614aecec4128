import { readFile } from "node:fs/promises";
import { request } from "node:https";

import { parse } from "yaml";

import { passwordFile } from "../../local/argocd/accounts.ts";
import { cliConfigFile } from "../../local/argocd/cli.ts";
import { createSession } from "../../local/argocd/session.ts";
import { authority } from "../../local/certificates/index.ts";
import { localLayout } from "../cluster/connect.ts";
import type { ClusterFlags } from "../cluster/flags.ts";
import type { SyncRequest } from "../cluster/sync.ts";
import { UsageError } from "../errors.ts";
import { short } from "../recovery/git.ts";

/** Argo CD's API server, as somebody who is logged in. */
export interface ArgocdApi {
  /** `https://<host>[:<port>]`. */
  readonly server: string;
  readonly token: string;
  /** PEM. Default: what Node.js trusts. */
  readonly ca?: string;
}

/** How long an answer may take, in milliseconds: Argo CD looks at the repository before. */
const timeout = 60_000;

/**
 * The API server of the local platform, as the account that its `argocd` command uses: `argocd context viewer` makes a
 * viewer of whoever approves, too.
 * @throws UsageError when it is not there, or does not let the account in
 */
async function localArgocd(directory: true | string): Promise<ArgocdApi> {
  const layout = localLayout(directory);
  try {
    const config = parse(await readFile(cliConfigFile(layout), "utf8")) as {
      readonly "current-context": string;
      readonly "contexts": readonly { readonly name: string; readonly server: string; readonly user: string }[];
    };
    const context = config.contexts.find(({ name }) => name === config["current-context"]);
    if (context === undefined) throw new Error(`"${cliConfigFile(layout)}" has no current context`);
    const password = (await readFile(passwordFile(layout, context.user), "utf8")).trim();
    const server = `https://${context.server}`;
    const ca = (await authority(layout, "ca")).certificate;
    return { server, ca, token: await createSession(server, ca, { username: context.user, password }) };
  } catch (error) {
    const words = error instanceof Error ? error.message : String(error);
    throw new UsageError(`--local "${layout.directory}": Argo CD does not answer (${words}); npm start starts it`);
  }
}

/**
 * The API server that ARGOCD_SERVER and ARGOCD_AUTH_TOKEN name, as for the argocd command (docs/user-guide/
 * environment-variables.md of argoproj/argo-cd v3.5.7); undefined without them.
 */
function argocdOf(environment: Readonly<Record<string, string | undefined>>): ArgocdApi | undefined {
  const [server, token] = [environment["ARGOCD_SERVER"], environment["ARGOCD_AUTH_TOKEN"]];
  if (!server || !token) return undefined;
  return { server: `https://${server.replace(/^https:\/\//, "").replace(/\/$/, "")}`, token };
}

/** The API server to go through: always that of the local platform; else the one of the environment, if any. */
export async function argocdFor({ local }: Pick<ClusterFlags, "local">): Promise<ArgocdApi | undefined> {
  return local === undefined ? argocdOf(process.env) : localArgocd(local);
}

/**
 * Whether the account may sync an Application (server/account/account.go of argoproj/argo-cd v3.5.7, CanI): asked before
 * an approval is recorded, so that nobody approves who may not.
 */
export async function maySync(api: ArgocdApi, project: string, name: string): Promise<boolean> {
  const path = `/api/v1/account/can-i/applications/sync/${encodeURIComponent(project)}/${encodeURIComponent(name)}`;
  return (JSON.parse(await ask(api, "GET", path)) as { readonly value?: string }).value === "yes";
}

/**
 * Asks for a sync of the newest commit of the branch, as `argocd app sync` does: Argo CD checks the right `sync` and
 * whether windows let a person through (server/application/application.go of argoproj/argo-cd v3.5.7, Sync). A commit by
 * its name needs the right `override`, which lets people bring manifests of their own, so nobody has it for this. Argo CD
 * answers with the commit that it found: when that is another one, the sync is ended at once.
 * @throws UsageError with Argo CD's words, or when somebody pushed at that moment
 */
export async function syncThroughApi(api: ArgocdApi, { name, revision, info = [], prune }: SyncRequest): Promise<void> {
  const path = `/api/v1/applications/${encodeURIComponent(name)}`;
  const body = JSON.stringify({ name, prune: prune ?? false, infos: info });
  const answer = JSON.parse(await ask(api, "POST", `${path}/sync`, body)) as {
    readonly operation?: { readonly sync?: { readonly revision?: string } };
  };
  const found = answer.operation?.sync?.revision;
  if (found === revision) return;
  await ask(api, "DELETE", `${path}/operation`);
  throw new UsageError(
    `somebody pushed ${short(found ?? "another commit")} at that moment: its sync was ended at once; see gitops status`,
  );
}

async function ask({ server, token, ca }: ArgocdApi, method: string, path: string, body = ""): Promise<string> {
  const url = new URL(path, server);
  const headers = {
    "authorization": `Bearer ${token}`,
    "content-type": "application/json",
    "content-length": Buffer.byteLength(body),
  };
  return new Promise<string>((resolve, reject) => {
    const options = { method, headers, agent: false as const, timeout, ...(ca === undefined ? {} : { ca }) };
    const sent = request(url, options, (response) => {
      const chunks: Buffer[] = [];
      response.on("data", (chunk: Buffer) => chunks.push(chunk));
      response.on("error", reject);
      response.on("end", () => {
        const text = Buffer.concat(chunks).toString("utf8");
        if (response.statusCode === 200) return resolve(text);
        reject(new UsageError(`Argo CD refuses: ${response.statusCode}: ${wordsOf(text.slice(0, 300))}`));
      });
    });
    sent.on("timeout", () => sent.destroy(new Error(`no answer within ${timeout / 1000} s`)));
    sent.on("error", (error) => reject(new UsageError(`Argo CD at "${url.host}" does not answer: ${error.message}`)));
    sent.end(body);
  });
}

/** Its errors are JSON with a message. */
function wordsOf(text: string): string {
  try {
    return (JSON.parse(text) as { readonly message?: string }).message ?? text;
  } catch {
    return text;
  }
}
