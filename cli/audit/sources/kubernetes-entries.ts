import { environmentNames, environments } from "../../../infra/environments.ts";
import { oneLine } from "../../recovery/context.ts";
import type { AuditKind } from "../kinds.ts";
import type { AuditEntry } from "../model.ts";

import type { KubernetesEvent } from "./kubernetes-event.ts";

const writes = ["create", "update", "patch", "delete", "deletecollection"];

/** Questions about rights and signs of life: a person's client writes them and changes nothing. */
const asking = ["authorization.k8s.io", "authentication.k8s.io", "coordination.k8s.io", "events.k8s.io"];

/** The same thing again counts to the same entry within this time, in milliseconds. */
const together = 3_600_000;

/** Entries that are kept: what a client does in a loop is one of them an hour. */
const limit = 20_000;

interface Group {
  readonly entry: AuditEntry;
  begin: number;
  last: number;
  times: number;
  /** Writes by type of object. */
  readonly types: Map<string, number>;
}

/** Picks what an auditor asks of a Kubernetes audit log, in constant memory. */
export class KubernetesEntries {
  /** Things that were seen after the limit. */
  dropped = 0;
  private readonly groups = new Map<string, Group>();
  private readonly done: Group[] = [];

  take(event: KubernetesEvent): void {
    const kind = kindOf(event);
    if (kind === undefined) return;
    const type = typeOf(event);
    const what = whatOf(event, kind, type);
    const who = whoOf(event);
    const time = Date.parse(event.requestReceivedTimestamp);
    const key = [kind, who, what].join("\n");
    const known = this.groups.get(key);
    // Events come as their requests end, which is not quite the order in which they came.
    if (known !== undefined && Math.abs(time - known.begin) < together) {
      known.times += 1;
      known.begin = Math.min(known.begin, time);
      known.last = Math.max(known.last, time);
      known.types.set(type, (known.types.get(type) ?? 0) + 1);
      return;
    }
    if (this.groups.size + this.done.length >= limit) {
      this.dropped += 1;
      return;
    }
    if (known !== undefined) this.done.push(known);
    const about = kind === "platform" ? { environments: [], applications: [] } : placeOf(event);
    const why = kind === "denied" ? reasonOf(event) : null;
    const evidence = [{ type: "audit-id", id: event.auditID }] as const;
    const entry = { time: new Date(time).toISOString(), kind, who, ...about, what, why, evidence };
    this.groups.set(key, { entry, begin: time, last: time, times: 1, types: new Map([[type, 1]]) });
  }

  entries(): readonly AuditEntry[] {
    return [...this.done, ...this.groups.values()].map(({ entry, times, begin, last, types }) => {
      // Who says to be the platform may be anybody: what was written stays visible.
      const written = [...types].map(([type, count]) => `${type} ${count}`).join(", ");
      const more = entry.kind === "platform" ? `: ${written}` : "";
      const often = times === 1 ? "" : ` (${times} times until ${new Date(last).toISOString().slice(0, 19)}Z)`;
      return { ...entry, time: new Date(begin).toISOString(), what: oneLine(`${entry.what}${more}${often}`) };
    });
  }
}

/** Whether it is of interest, and as what. */
function kindOf({
  stage,
  verb,
  user,
  objectRef,
  responseStatus,
  annotations,
  requestURI,
}: KubernetesEvent): AuditKind | undefined {
  const code = responseStatus?.code ?? 0;
  // A failed authentication ends at another stage (kubernetes/apiserver, pkg/endpoints/filters/authn_audit.go).
  if (stage !== "ResponseComplete" && stage !== "Panic" && code !== 401) return undefined;
  if (annotations["authorization.k8s.io/decision"] === "forbid" || code === 401 || code === 403) return "denied";
  if (!writes.includes(verb) || code < 200 || code > 299) return undefined;
  if (isMachine(user.username) || asking.includes(objectRef?.apiGroup ?? "") || objectRef?.resource === "events") {
    return undefined;
  }
  if (new URLSearchParams(requestURI.split("?")[1]).get("dryRun") !== null) return undefined;
  return managerOf(requestURI)?.startsWith("gitops-") === true ? "platform" : "manual-change";
}

/** Parts of a cluster, of EKS and of the local platform; everybody else is a person. */
const isMachine = (name: string): boolean => /^(system|eks|gitops):/.test(name);

/** Who the writer says they are (docs of Kubernetes, "Server-Side Apply"); nobody checks it. */
const managerOf = (uri: string): string | undefined =>
  new URLSearchParams(uri.split("?")[1]).get("fieldManager") ?? undefined;

function whoOf({ user, impersonatedUser, sourceIPs }: KubernetesEvent): string {
  const name = user.username === "" ? `nobody (${sourceIPs[0] ?? "unknown address"})` : user.username;
  return oneLine(impersonatedUser === undefined ? name : `${impersonatedUser.username} (by ${name})`);
}

function typeOf({ objectRef }: KubernetesEvent): string {
  const { resource = "", subresource = "", apiGroup = "" } = objectRef ?? {};
  return `${resource}${apiGroup === "" ? "" : `.${apiGroup}`}${subresource === "" ? "" : `/${subresource}`}`;
}

function whatOf({ verb, objectRef, requestURI }: KubernetesEvent, kind: AuditKind, type: string): string {
  if (kind === "platform") return oneLine(`wrote to the cluster as "${managerOf(requestURI) ?? ""}"`);
  if (objectRef === undefined) return oneLine(`${verb} ${requestURI.split("?")[0] ?? ""}`);
  const { namespace, name } = objectRef;
  return oneLine([verb, type, [namespace, name].filter((part) => part !== "").join("/")].filter(Boolean).join(" "));
}

function reasonOf({ responseStatus, annotations }: KubernetesEvent): string | null {
  const code = responseStatus?.code;
  const words = responseStatus?.message || annotations["authorization.k8s.io/reason"] || "";
  return oneLine([code === undefined ? "" : String(code), words].filter(Boolean).join(": ")) || null;
}

function placeOf({ objectRef }: KubernetesEvent): Pick<AuditEntry, "environments" | "applications"> {
  const { resource = "", namespace = "", name = "" } = objectRef ?? {};
  if (resource === "applications") {
    const [, application, environment] = new RegExp(`^(.+)-(${environmentNames.join("|")})$`).exec(name) ?? [];
    if (application !== undefined && environment !== undefined) {
      return { environments: [environment], applications: [application] };
    }
  }
  const environment = environmentNames.find(
    (one) => environments[one].namespace === namespace || (resource === "appprojects" && name === one),
  );
  const named = ["canaries", "deployments", "scaledobjects"].includes(resource) && environment !== undefined;
  return {
    environments: environment === undefined ? [] : [environment],
    applications: named && name !== "" ? [name.replace(/-primary$/, "")] : [],
  };
}
