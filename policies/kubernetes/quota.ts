import { nsa } from "../model/framework.ts";
import { environmentOf, isKind, nameOf, namespaceOf } from "../model/kubernetes-object.ts";
import { objectSetPolicy } from "../model/object-policy.ts";
import { quote } from "../model/values.ts";

const guards = ["ResourceQuota", "LimitRange"] as const;

/** Controllers size themselves; what people deploy shares a cluster. */
export const namespaceQuota = objectSetPolicy({
  name: "namespace-quota",
  description: "The namespace of an environment has a quota, and limits for containers that state none.",
  severity: "medium",
  remediation: "add a ResourceQuota and a LimitRange to the namespace",
  references: [nsa("Network separation and hardening")],
  judgeObjects: (objects) => {
    const held = new Set(
      objects.flatMap((object) =>
        guards.filter((kind) => isKind(object, "", kind)).map((kind) => `${kind} ${namespaceOf(object) ?? ""}`),
      ),
    );
    return objects
      .filter((object) => isKind(object, "", "Namespace") && environmentOf(object, undefined) !== undefined)
      .flatMap((object) => {
        const name = nameOf(object);
        const missing = guards.filter((kind) => !held.has(`${kind} ${name ?? ""}`));
        return missing.map((kind) => ({ object, reason: `namespace ${quote(name)} has no ${kind}` }));
      });
  },
});
