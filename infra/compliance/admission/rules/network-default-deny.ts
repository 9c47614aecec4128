import { defaultDenyName } from "../../../delivery/namespace-objects.ts";
import { celText, notLeaving } from "../rule.ts";
import type { AdmissionRule } from "../rule.ts";

const opensAll = (direction: "ingress" | "egress", peers: "from" | "to"): string =>
  `object.spec.?${direction}.orValue([]).exists(r, ` +
  `size(r.?${peers}.orValue([])) == 0 && size(r.?ports.orValue([])) == 0)`;

const everyPod =
  "size(object.spec.podSelector.?matchLabels.orValue({})) == 0 && size(object.spec.podSelector.?matchExpressions.orValue([])) == 0";
const noRules = "size(object.spec.?ingress.orValue([])) == 0 && size(object.spec.?egress.orValue([])) == 0";
const bothTypes = '["Ingress", "Egress"].all(t, t in object.spec.?policyTypes.orValue([]))';

/** NetworkPolicies add up: one that allows everything undoes the default, and so does a change of the default. */
export const networkDefaultDeny: AdmissionRule = {
  name: "network-default-deny",
  targets: [{ group: "networking.k8s.io", version: "v1", resources: ["networkpolicies"] }],
  conditions: notLeaving,
  validations: [
    {
      expression: `!(${opensAll("ingress", "from")}) && !(${opensAll("egress", "to")})`,
      message:
        '"NetworkPolicy " + object.metadata.name + " has a rule without peers and ports, which allows everything" + ' +
        celText("; allowed: rules that name peers or ports; name those that are needed"),
    },
    {
      expression: `object.metadata.name != ${celText(defaultDenyName)} || ${everyPod} && ${noRules} && ${bothTypes}`,
      message: celText(
        `NetworkPolicy ${defaultDenyName} would no longer deny by default; allowed: an empty podSelector, both ` +
          "policyTypes and no rules; allow traffic by a NetworkPolicy of the application",
      ),
    },
  ],
};
