/** Numbers of users' requests. They only grow, from the start of the process on. */
export interface Count {
  readonly requests: number;
  /** Requests without a good answer (2xx or 3xx): another status, a broken connection, nobody there. */
  readonly failures: number;
  /** Requests that took longer than 500 ms, the bound of the canary component. */
  readonly slow: number;
  /** Time of all requests together, from the sending to the end of the answer. */
  readonly milliseconds: number;
}

/** Who answered: a pod of Flagger's primary, of a canary beside a primary, of an application without Flagger, or nobody. */
export type Role = "primary" | "canary" | "stable" | "nobody";

/** The requests of one application's users. */
export interface ApplicationTraffic extends Count {
  readonly namespace: string;
  readonly application: string;
  /** Requests a second that are wanted. */
  readonly rate: number;
  /** How many had which status; `none` is no answer at all. */
  readonly statuses: Readonly<Record<string, number>>;
  /** By the Service that the route led to. */
  readonly services: Readonly<Record<string, Count>>;
  readonly roles: Readonly<Partial<Record<Role, Count>>>;
}

/** One request that is over. */
export interface Outcome {
  /** Undefined: no answer. */
  readonly status: number | undefined;
  readonly milliseconds: number;
  readonly service: string;
  readonly role: Role;
}

const slowAbove = 500;

type Mutable = { -readonly [K in keyof Count]: Count[K] };
const zero = (): Mutable => ({ requests: 0, failures: 0, slow: 0, milliseconds: 0 });

/** What happened to the users of one application. */
export class Tally {
  private readonly all = zero();
  private readonly statuses: Record<string, number> = {};
  private readonly services: Record<string, Mutable> = {};
  private readonly roles: Partial<Record<Role, Mutable>> = {};

  add({ status, milliseconds, service, role }: Outcome): void {
    const failed = status === undefined || status < 200 || status > 399;
    for (const count of [this.all, (this.services[service] ??= zero()), (this.roles[role] ??= zero())]) {
      count.requests += 1;
      count.failures += failed ? 1 : 0;
      count.slow += milliseconds > slowAbove ? 1 : 0;
      count.milliseconds += Math.round(milliseconds);
    }
    const key = status === undefined ? "none" : String(status);
    this.statuses[key] = (this.statuses[key] ?? 0) + 1;
  }

  snapshot(): Omit<ApplicationTraffic, "namespace" | "application" | "rate"> {
    return structuredClone({ ...this.all, statuses: this.statuses, services: this.services, roles: this.roles });
  }
}

/** Everything at one moment. */
export interface Traffic {
  /** When the process started to count, ISO 8601. */
  readonly since: string;
  readonly applications: readonly ApplicationTraffic[];
}

/**
 * What happened between two moments.
 *
 * @throws Error when the process was started anew in between: what it had counted is lost, and so is the answer
 */
export function trafficBetween(earlier: Traffic, later: Traffic): Traffic {
  if (earlier.since !== later.since) {
    throw new Error(
      `traffic between "${earlier.since}" and "${later.since}": the process that counts was started anew in between; ` +
        "take a new first moment",
    );
  }
  const applications = later.applications.map((now) => {
    const before = earlier.applications.find(
      ({ namespace, application }) => namespace === now.namespace && application === now.application,
    );
    if (before === undefined) return now;
    const { namespace, application, rate } = now;
    return { ...(subtract(now, before) as unknown as ApplicationTraffic), namespace, application, rate };
  });
  return { since: later.since, applications };
}

/** Number by number, at any depth. */
function subtract(now: object, before: object): Record<string, unknown> {
  const known = before as Readonly<Record<string, unknown>>;
  return Object.fromEntries(
    Object.entries(now).map(([key, value]: [string, unknown]) => {
      if (typeof value === "number") return [key, value - ((known[key] as number | undefined) ?? 0)];
      if (typeof value === "object" && value !== null) return [key, subtract(value, (known[key] as object) ?? {})];
      return [key, value];
    }),
  );
}
