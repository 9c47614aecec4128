import { randomBytes } from "node:crypto";
import { once } from "node:events";

import { connectCluster } from "../cluster/connect.ts";
import type { DashboardFlags } from "../commands/dashboard.ts";
import { interruptSignal } from "../plan/interrupt.ts";

import { createActions } from "./actions/actions.ts";
import { pageAssets } from "./assets.ts";
import { checkFlags } from "./check-flags.ts";
import { openChronicle } from "./chronicle/chronicle.ts";
import { createFeed } from "./feed/feed.ts";
import { snapshotReader } from "./feed/reader.ts";
import { openBrowser } from "./open-browser.ts";
import type { Opened } from "./open-browser.ts";
import { dashboardApp } from "./server/app.ts";
import type { Access } from "./server/context.ts";
import { listen } from "./server/listen.ts";
import { createSessions } from "./server/sessions.ts";
import { commandOptions, findClone, nameOfCluster } from "./target.ts";

/**
 * `gitops dashboard`: serves until it is interrupted.
 * @returns the exit code
 * @throws UsageError for a cluster, clone or address that is not there
 */
export async function runDashboard(flags: DashboardFlags): Promise<number> {
  checkFlags(flags);
  const readOnly = flags.allowActions === undefined;
  const connect = () => connectCluster(flags);
  // A kubeconfig that is not there is a mistake of the options; a cluster that does not answer is shown on the page.
  (await connect()).close();
  const clone = await findClone(flags);
  const cluster = await nameOfCluster(flags);
  const reader = snapshotReader({ connect, cluster, options: commandOptions(flags), readOnly });
  const run = randomBytes(4).toString("hex");
  const feed = createFeed({ read: reader.read, empty: reader.empty, interval: flags.interval * 1000, run });
  // The Applications know best which branch they follow.
  const branchOf = async (environment: string): Promise<string> => {
    const { environments } = (await feed.current()).snapshot;
    return environments.find(({ name }) => name === environment)?.branch ?? environment;
  };
  const chronicle = clone && openChronicle(clone.repository, connect, branchOf);
  const { signal, release } = interruptSignal();
  const actions = readOnly
    ? undefined
    : createActions({ target: { ...flags, directory: clone?.repository.repository }, signal });
  const sessions = createSessions();
  const say = announcer(flags);
  const access: Access =
    flags.behindProxy === undefined
      ? { kind: "token", sessions, viewer: clone?.person ?? null, onUsed: () => used(), port: () => server.port }
      : { kind: "proxy", hostname: flags.behindProxy };
  // The page is built while the server starts; what is wrong with it is said to the first who asks.
  pageAssets().catch(() => undefined);
  const server = await listen(
    dashboardApp({ page: pageAssets, feed, chronicle, actions, access }),
    flags.host,
    flags.port,
  );
  const newAddress = (): string => `http://${hostInUrl(flags.host)}:${server.port}/?token=${sessions.newToken()}`;
  let opened: Opened | undefined;
  const used = (): void => {
    void opened?.remove();
    say({ url: newAddress(), another: true, readOnly });
  };
  try {
    const url = flags.behindProxy === undefined ? newAddress() : `https://${flags.behindProxy}/`;
    say({ url, another: false, readOnly });
    if (flags.open) opened = await openBrowser(url);
    if (!signal.aborted) await once(signal, "abort");
    return Number(process.exitCode);
  } finally {
    feed.close();
    await Promise.all([server.close(), reader.close(), opened?.remove()]);
    release();
  }
}

const hostInUrl = (host: string): string => (host.includes(":") ? `[${host}]` : host);

interface Announcement {
  readonly url: string;
  /** For one more browser, after a token was used. */
  readonly another: boolean;
  readonly readOnly: boolean;
}

function announcer({ json }: DashboardFlags): (announcement: Announcement) => void {
  return (announcement) => {
    const { url, another, readOnly } = announcement;
    if (json) console.log(JSON.stringify({ version: 1, ...announcement }));
    else if (another) console.log(`for another browser: ${url}`);
    else console.log(`${url}\n${readOnly ? "read-only; " : "actions are on; "}Ctrl-C ends it`);
  };
}
