import { createActions } from "../../../../cli/dashboard/actions/actions.ts";
import { pageAssets } from "../../../../cli/dashboard/assets.ts";
import type { Chronicle } from "../../../../cli/dashboard/chronicle/chronicle.ts";
import { createFeed } from "../../../../cli/dashboard/feed/feed.ts";
import type { Feed } from "../../../../cli/dashboard/feed/feed.ts";
import type { Snapshot } from "../../../../cli/dashboard/model.ts";
import { dashboardApp } from "../../../../cli/dashboard/server/app.ts";
import { listen } from "../../../../cli/dashboard/server/listen.ts";
import type { Listening } from "../../../../cli/dashboard/server/listen.ts";
import { createSessions } from "../../../../cli/dashboard/server/sessions.ts";
import { recordedDiff, recordedHistory, recordedSnapshot } from "../../../dashboard/recorded/index.ts";

/** The real server of the dashboard, which reads its facts from a recording instead of a cluster. */
export class RecordedServer {
  private snapshot = recordedSnapshot(Date.now());
  private readonly sessions = createSessions();
  private readonly ended = new AbortController();
  private feed: Feed | undefined;
  private server: Listening | undefined;
  private port = 0;

  /** @param checkout that the commands of actions work in; undefined: read-only */
  constructor(private readonly checkout?: string) {}

  /** Listens; again on the same port after `stop`, with the sessions of before. */
  async start(): Promise<void> {
    const { checkout } = this;
    const readOnly = checkout === undefined;
    const read = (): Promise<Snapshot> => Promise.resolve({ ...this.snapshot, readOnly });
    const feed = createFeed({ read, empty: this.snapshot, interval: 100, run: `run-${Date.now()}` });
    const actions = readOnly
      ? undefined
      : createActions({ target: { directory: checkout }, signal: this.ended.signal });
    const app = dashboardApp({
      page: pageAssets,
      feed,
      chronicle,
      actions,
      access: {
        kind: "token",
        sessions: this.sessions,
        viewer: { name: "Ada Admin", email: null },
        onUsed: () => undefined,
        port: () => this.port,
      },
    });
    this.server = await listen(app, "127.0.0.1", this.port);
    this.port = this.server.port;
    this.feed = feed;
  }

  /** Ends the server and every connection, as when somebody ends the command. */
  async stop(): Promise<void> {
    this.feed?.close();
    await this.server?.close();
    this.server = undefined;
  }

  /** Has the cluster say something else from now on. */
  tell(change: (snapshot: Snapshot) => Snapshot): void {
    this.snapshot = change(this.snapshot);
  }

  /** The address that the command prints, for one browser. */
  address(): string {
    return `http://127.0.0.1:${this.port}/?token=${this.sessions.newToken()}`;
  }

  async close(): Promise<void> {
    this.ended.abort();
    await this.stop();
  }
}

const chronicle: Chronicle = {
  history: ({ application, environments }) => {
    const history = recordedHistory(Date.now());
    const deployments = history.deployments.filter((entry) =>
      environments.some((environment) => environment === entry.environment && application === entry.application),
    );
    return Promise.resolve({ ...history, application, deployments });
  },
  diff: ({ revision }) => {
    const diff = recordedDiff(Date.now());
    return Promise.resolve(diff.revision.startsWith(revision) ? diff : undefined);
  },
};
