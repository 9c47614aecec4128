import { isKind, nameOf, namespaceOf, spec } from "../model/kubernetes-object.ts";
import type { KubernetesObject } from "../model/kubernetes-object.ts";
import { objectSetPolicy } from "../model/object-policy.ts";
import { fields, quote, text } from "../model/values.ts";

/** What sets `spec.replicas` of another object, and where it names this object. */
const scalers = [
  { group: "keda.sh", kind: "ScaledObject", reference: "scaleTargetRef" },
  { group: "autoscaling", kind: "HorizontalPodAutoscaler", reference: "scaleTargetRef" },
  { group: "flagger.app", kind: "Canary", reference: "targetRef" },
] as const;

export const noReplicasBesideScaler = objectSetPolicy({
  name: "no-replicas-beside-scaler",
  description: "What Flagger or an autoscaler counts has no `replicas` in Git.",
  severity: "high",
  remediation: "remove spec.replicas: the scaler owns it, and Argo CD would undo every decision of it",
  judgeObjects: (objects) => {
    const owners = new Map(objects.flatMap(ownership));
    return objects.flatMap((object) => {
      const owner = owners.get(key(object.kind, nameOf(object), namespaceOf(object)));
      if (owner === undefined || spec(object)["replicas"] === undefined) return [];
      return [{ object, reason: `spec.replicas is ${quote(spec(object)["replicas"])} beside ${owner}` }];
    });
  },
});

function ownership(object: KubernetesObject): readonly (readonly [target: string, owner: string])[] {
  return scalers
    .filter(({ group, kind }) => isKind(object, group, kind))
    .map(({ kind, reference }) => {
      const target = fields(spec(object)[reference]);
      const targetKind = text(target["kind"]) ?? "Deployment";
      return [key(targetKind, text(target["name"]), namespaceOf(object)), `${kind} ${quote(nameOf(object))}`] as const;
    });
}

function key(kind: string, name: string | undefined, namespace: string | undefined): string {
  return [kind, namespace ?? "", name ?? ""].join("/");
}
