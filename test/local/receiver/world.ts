import { once } from "node:events";
import { symlink, mkdir } from "node:fs/promises";
import { createServer } from "node:https";
import type { Server } from "node:https";
import type { AddressInfo } from "node:net";
import { dirname, join } from "node:path";

import pRetry from "p-retry";

import { applicationsPath } from "../../../local/argocd/applications.ts";
import { issue, writeKubeconfig } from "../../../local/certificates/index.ts";
import { prepareLayout } from "../../../local/layout.ts";
import type { Layout } from "../../../local/layout.ts";
import { listProcesses } from "../../../local/processes/index.ts";
import type { ReportedApplication } from "../../../local/receiver/application-report.ts";
import { eventsUrl, readJournal, receiverToken, startReceiver } from "../../../local/receiver/index.ts";
import type { JournalEntry, Receiver } from "../../../local/receiver/index.ts";
import { makeRepositories } from "../../cli/recovery/repositories.ts";
import type { Repositories } from "../../cli/recovery/repositories.ts";
import { kustomize } from "../../support/kustomize.ts";
import { removeLayout, temporaryLayout } from "../processes/fixtures.ts";

/** The real process of the receiver and a real repository; a server that speaks as an API server does. */
export class World {
  /** What Argo CD has. */
  applications: readonly ReportedApplication[] = [];
  /** While true, nobody gets an answer about a single Application. */
  silent = false;
  /** Requests, method and path. */
  readonly requests: string[] = [];
  private receiver: Receiver | undefined;

  private constructor(
    readonly layout: Layout,
    readonly git: Repositories,
    private readonly server: Server,
  ) {}

  static async make(): Promise<World> {
    const [layout, git] = [await temporaryLayout(), await makeRepositories()];
    await prepareLayout(layout);
    await mkdir(dirname(layout.gitRepository), { recursive: true });
    await symlink(git.remote, layout.gitRepository);
    await symlink(await kustomize(), join(layout.bin, "kustomize"));
    const alternativeNames = ["localhost", "127.0.0.1"];
    const subject = { file: "s", authority: "ca", commonName: "s", usages: ["server"], alternativeNames } as const;
    const { certificate, key } = await issue(layout, subject);
    const server = createServer({ cert: certificate, key }, (request, response) => {
      const path = new URL(request.url ?? "", "https://localhost").pathname;
      world.requests.push(`${request.method} ${path}`);
      if (world.silent && path.startsWith(`${applicationsPath}/`)) return;
      const found = request.method === "PATCH" ? {} : world.answer(path);
      response.writeHead(found === undefined ? 404 : 200, { "content-type": "application/json" });
      response.end(JSON.stringify(found ?? { kind: "Status", code: 404 }));
    });
    const world = new World(layout, git, server);
    server.listen(0, "127.0.0.1");
    await once(server, "listening");
    await writeKubeconfig(layout, { path: layout.kubeconfig, server: world.address, name: "tester" });
    return world;
  }

  private get address(): string {
    return `https://127.0.0.1:${(this.server.address() as AddressInfo).port}`;
  }

  private answer(path: string): unknown {
    const kinds = ["ServiceAccount", "Role", "RoleBinding"];
    const resources = kinds.map((kind) => ({ kind, name: `${kind.toLowerCase()}s`, namespaced: true }));
    if (path === "/api/v1" || path === "/apis/rbac.authorization.k8s.io/v1") return { resources };
    if (path === applicationsPath) return { items: this.applications };
    return this.applications.find(({ metadata }) => path === `${applicationsPath}/${metadata.name}`);
  }

  /** As `npm start` does. */
  async start(): Promise<void> {
    const controlPlane = { server: this.address, kubeconfig: this.layout.kubeconfig };
    this.receiver = await startReceiver(this.layout, controlPlane);
  }

  /** Ends the process with no chance to do anything about it. */
  async kill(): Promise<void> {
    const running = (await listProcesses(this.layout)).filter(({ alive }) => alive);
    if (running.length !== 1) throw new Error(`expected one process, found ${running.length}`);
    for (const { pid } of running) process.kill(pid, "SIGKILL");
    await this.until(async () => (await listProcesses(this.layout)).every(({ alive }) => !alive));
  }

  /** Posts a report as Argo CD does. @returns the status */
  async report(content: object): Promise<number> {
    const headers = { authorization: `Bearer ${await receiverToken(this.layout)}` };
    const body = JSON.stringify({ client_payload: { event: content } });
    return (await fetch(`${this.receiver?.url}/reports`, { method: "POST", headers, body })).status;
  }

  /** Posts an Event as Flagger does. @returns the status */
  async flaggerSays(eventMessage: string): Promise<number> {
    const event = { name: "app", namespace: "dev", metadata: { eventMessage, eventType: "Warning" } };
    return (await fetch(await eventsUrl(this.layout), { method: "POST", body: JSON.stringify(event) })).status;
  }

  readonly journal = (): Promise<readonly JournalEntry[]> => readJournal(this.layout);

  async decisions(id: string): Promise<readonly (JournalEntry & { readonly what: "decided" })[]> {
    return (await this.journal()).filter((entry) => entry.what === "decided").filter((entry) => entry.id === id);
  }

  /** Waits for the first decision about a report. */
  async decision(id: string): Promise<JournalEntry & { readonly what: "decided" }> {
    return pRetry(
      async () => {
        const [first] = await this.decisions(id);
        if (first === undefined) throw new Error(`no decision about ${id}: ${JSON.stringify(await this.journal())}`);
        return first;
      },
      { retries: Infinity, minTimeout: 50, factor: 1, maxRetryTime: 60_000 },
    );
  }

  async until(holds: () => boolean | Promise<boolean>): Promise<void> {
    const check = async (): Promise<void> => {
      if (!(await holds())) throw new Error(`not yet: ${holds.toString()}`);
    };
    await pRetry(check, { retries: Infinity, minTimeout: 50, factor: 1, maxRetryTime: 60_000 });
  }

  async remove(): Promise<void> {
    await removeLayout(this.layout);
    await this.git.remove();
    this.server.closeAllConnections();
    this.server.close();
  }
}
