import { podSecurityLabels } from "../../../delivery/namespace-objects.ts";
import { celText, notLeaving } from "../rule.ts";
import type { AdmissionRule } from "../rule.ts";

const [enforce, standard] = Object.entries(podSecurityLabels).find(([label]) => label.endsWith("/enforce"))!;
const found = `object.metadata.?labels[${celText(enforce)}].orValue("nothing")`;

/** The namespace of an environment goes on enforcing the pod security standard. */
export const namespacePodSecurity: AdmissionRule = {
  name: "namespace-pod-security",
  targets: [{ group: "", version: "v1", resources: ["namespaces"] }],
  conditions: notLeaving,
  validations: [
    {
      expression: `${found} == ${celText(standard)}`,
      message:
        `"namespace " + object.metadata.name + " would enforce " + ${found} + ` +
        celText(`; allowed: ${standard}; set the label ${enforce}: ${standard}`),
    },
  ],
};
