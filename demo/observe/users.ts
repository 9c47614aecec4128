import { trafficBetween } from "../../local/workloads/index.ts";
import type { ApplicationTraffic, Traffic } from "../../local/workloads/index.ts";

/** What the users of one application met between two moments. */
export function usersOf(
  before: Traffic,
  after: Traffic,
  application: { readonly namespace: string; readonly name: string },
): ApplicationTraffic {
  const found = trafficBetween(before, after).applications.find(
    (one) => one.namespace === application.namespace && one.application === application.name,
  );
  if (found === undefined) throw new Error(`nobody counts the users of ${application.namespace}/${application.name}`);
  return found;
}

/** `540 requests, 0 failed (primary 486, canary 54)`. */
export function describeUsers({ requests, failures, slow, roles }: ApplicationTraffic): string {
  const shares = Object.entries(roles).map(([role, count]) => {
    return count.failures > 0 ? `${role} ${count.requests}, ${count.failures} failed` : `${role} ${count.requests}`;
  });
  const late = slow > 0 ? `, ${slow} slower than 500 ms` : "";
  return `${requests} requests of users, ${failures} failed${late} (${shares.join("; ")})`;
}
