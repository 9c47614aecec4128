import { spec } from "../model/kubernetes-object.ts";
import type { KubernetesObject } from "../model/kubernetes-object.ts";
import { fields, list, text } from "../model/values.ts";
import type { Fields } from "../model/values.ts";

const withTemplate = ["Deployment", "StatefulSet", "DaemonSet", "ReplicaSet", "ReplicationController", "Job"];

/** Spec of the pods that an object makes; undefined for objects that make none. */
export function podSpecOf(object: KubernetesObject): Fields | undefined {
  if (object.kind === "Pod") return spec(object);
  if (withTemplate.includes(object.kind)) return fields(fields(spec(object)["template"])["spec"]);
  if (object.kind !== "CronJob") return undefined;
  return fields(fields(fields(fields(spec(object)["jobTemplate"])["spec"])["template"])["spec"]);
}

/** A container and how a message calls it. */
export interface Container {
  readonly name: string;
  readonly container: Fields;
  /** Runs to its end before the others start, and so needs no probes; a sidecar (restartPolicy) does not. */
  readonly kind: "container" | "init" | "ephemeral";
}

export function containersOf(pod: Fields): readonly Container[] {
  const kinds = { containers: "container", initContainers: "init", ephemeralContainers: "ephemeral" } as const;
  return Object.entries(kinds).flatMap(([field, kind]) =>
    list(pod[field])
      .map(fields)
      .map((container, index) => ({
        name: `${field}[${index}] (${text(container["name"]) ?? "no name"})`,
        container,
        kind,
      })),
  );
}

export function securityContext(holder: Fields): Fields {
  return fields(holder["securityContext"]);
}
