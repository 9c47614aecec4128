import type { ClusterEvent } from "../../rehearsal/index.ts";

/** One line for a person who waits. */
export function describeClusterEvent(event: ClusterEvent): string {
  if (event.type === "planned") return `${event.declared} objects declared, ${event.removed} to be removed`;
  const { kind, namespace, name } = event.object;
  return `${event.type} ${kind} ${namespace === undefined ? name : `${namespace}/${name}`}`;
}
