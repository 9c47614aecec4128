import type { Application } from "./applications.ts";

type Resource = NonNullable<NonNullable<Application["status"]>["resources"]>[number];

/** The worst first: what is broken tells more than what is on its way. */
const healthOrder = ["Degraded", "Missing", "Unknown", "Suspended", "Progressing"];

const named = (resource: Resource): string => `${resource.kind}/${resource.name}`;

function unhealthy(resources: readonly Resource[]): string {
  const worst = resources
    .filter(({ health }) => health?.status && healthOrder.includes(health.status))
    .sort((a, b) => healthOrder.indexOf(a.health?.status ?? "") - healthOrder.indexOf(b.health?.status ?? ""))[0];
  if (!worst) return "";
  const message = worst.health?.message ? `: ${worst.health.message}` : "";
  return `${named(worst)} is ${worst.health?.status}${message}`;
}

function different(resources: readonly Resource[]): string {
  const out = resources.filter(({ status }) => status === "OutOfSync");
  if (out.length === 0) return "";
  const shown = out
    .slice(0, 3)
    .map((resource) => named(resource) + (resource.requiresPruning ? " (to be pruned)" : ""));
  const more = out.length > shown.length ? ` and ${out.length - shown.length} more` : "";
  return `differs from Git: ${shown.join(", ")}${more}`;
}

/** One line of a message of many: Argo CD quotes whole programs' output. */
const oneLine = (text: string): string => text.replaceAll(/\s+/g, " ").trim();

/**
 * Why an Application is not Synced and Healthy; empty when it is.
 *
 * In this order: what Argo CD could not do at all (conditions), how the last sync failed, which resource is not well,
 * what differs from Git. Health alone, without a condition, has its cause in a resource's own status.
 */
export function applicationReason(application: Application): string {
  const { status } = application;
  if (!status?.sync?.status) return "not compared with Git yet";
  const errors = (status.conditions ?? []).filter(({ type }) => type.endsWith("Error"));
  if (errors.length > 0) return oneLine(errors.map(({ type, message }) => `${type}: ${message}`).join("; "));
  if (status.sync.status === "Synced" && status.health?.status === "Healthy") return "";
  const operation = status.operationState;
  if (operation && status.sync.status !== "Synced") {
    if (operation.phase === "Failed" || operation.phase === "Error")
      return oneLine(`sync failed: ${operation.message}`);
    if (operation.phase === "Running") return oneLine(`syncing: ${operation.message ?? "in progress"}`);
  }
  const resources = status.resources ?? [];
  const parts = [unhealthy(resources), different(resources)].filter((part) => part !== "");
  return oneLine(parts.join("; ")) || `sync is ${status.sync.status}, health is ${status.health?.status ?? "Unknown"}`;
}
