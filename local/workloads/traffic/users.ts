import { Agent, request as httpRequest } from "node:http";

import { applicationLabel, Ways } from "./choose-way.ts";
import type { Edge } from "./choose-way.ts";
import type { Rates } from "./rates.ts";
import { specialHeaders } from "./route.ts";
import { Tally } from "./tally.ts";
import type { Outcome, Traffic } from "./tally.ts";

/** How often requests are sent, in milliseconds: what is due since the last time. */
const tick = 50;
/** How long a user waits for the whole answer, in milliseconds. */
const patience = 10_000;
/** The share of users that an A/B test is for. */
const specialShare = 0.2;
/** Unused connections are closed after this time, in milliseconds: well before podinfo's 60 s, or a request could meet the close. */
const idle = 4_000;

/** One application, as its users know it. */
interface Known {
  readonly namespace: string;
  readonly application: string;
  readonly tally: Tally;
  /** Requests that are due; below 1 after each tick. */
  due: number;
}

/**
 * The users of all applications: a steady rate of `GET /` for each, sent where Service and HTTPRoute lead. That path is
 * one that podinfo's `--random-error` and `--random-delay` reach and its metrics count.
 *
 * An application has users from its first good answer on, and keeps them while it has a Service or a pod: an outage in
 * between is an outage for them.
 */
export class Users {
  private readonly agent = new Agent({ keepAlive: true, timeout: idle, maxSockets: 256 });
  private readonly known = new Map<string, Known>();
  private readonly since = new Date().toISOString();
  private readonly ways: Ways;
  private timer: NodeJS.Timeout | undefined;
  private last = performance.now();

  constructor(
    private readonly edge: Edge,
    private readonly rates: Rates,
  ) {
    this.ways = new Ways(edge);
  }

  start(): void {
    this.last = performance.now();
    this.timer ??= setInterval(() => this.work(), tick);
  }

  stop(): void {
    clearInterval(this.timer);
    this.timer = undefined;
    this.agent.destroy();
  }

  traffic(): Traffic {
    const applications = [...this.known].map(([key, { namespace, application, tally }]) => {
      return { namespace, application, rate: this.rates.of(key), ...tally.snapshot() };
    });
    return { since: this.since, applications };
  }

  private work(): void {
    const now = performance.now();
    // After a hold-up of this process nobody catches up with more than a second: users do not either.
    const seconds = Math.min((now - this.last) / 1000, 1);
    this.last = now;
    this.look();
    for (const [key, one] of this.known) {
      one.due += this.rates.of(key) * seconds;
      for (; one.due >= 1; one.due -= 1) void this.send(one);
    }
  }

  /** Learns of applications that came, and forgets those that are gone altogether. */
  private look(): void {
    const alive = new Set<string>();
    for (const { pod, terminating, serves } of this.edge.processes()) {
      const application = pod.metadata.labels?.[applicationLabel];
      if (application === undefined || terminating) continue;
      const { namespace } = pod.metadata;
      const key = `${namespace}/${application}`;
      alive.add(key);
      if (serves && !this.known.has(key) && this.edge.services.has(key))
        this.known.set(key, { namespace, application, tally: new Tally(), due: 0 });
    }
    for (const key of this.known.keys()) if (!alive.has(key) && !this.edge.services.has(key)) this.known.delete(key);
  }

  private async send({ namespace, application, tally }: Known): Promise<void> {
    const route = this.edge.routes.get(`${namespace}/${application}`);
    const special = route === undefined ? [] : specialHeaders(route);
    const group = Math.random() < specialShare ? special[Math.floor(Math.random() * special.length)] : undefined;
    const user = { path: "/", method: "GET", headers: { "user-agent": "users", ...group } };
    const begin = performance.now();
    const way = this.ways.choose(namespace, application, user, Math.random());
    const { service } = way;
    if ("status" in way) {
      tally.add({ status: way.status, milliseconds: 0, service, role: "nobody" });
      return;
    }
    const status = await this.ask(way.endpoint.port, `${application}.${namespace}`, user);
    tally.add({ status, milliseconds: performance.now() - begin, service, role: way.role });
  }

  /** @returns the status of a whole answer; undefined when there is none */
  private ask(
    port: number,
    host: string,
    { path, headers }: { path: string; headers: Record<string, string> },
  ): Promise<Outcome["status"]> {
    return new Promise((resolve) => {
      const signal = AbortSignal.timeout(patience);
      const sent = httpRequest({
        host: "127.0.0.1",
        port,
        path,
        headers: { ...headers, host },
        agent: this.agent,
        signal,
      });
      sent.on("error", () => resolve(undefined));
      sent.on("response", (answer) => {
        answer.on("error", () => resolve(undefined));
        answer.on("end", () => resolve(answer.complete ? answer.statusCode : undefined));
        answer.resume();
      });
      sent.end();
    });
  }
}
