import { podRule } from "../pods.ts";

/** Of a pod the volume is looked at: whether its service account or itself asked for it, it is there by now. */
const mounted =
  "variables.podSpec.?volumes.orValue([]).exists(v, " +
  "v.?projected.?sources.orValue([]).exists(s, has(s.serviceAccountToken)))";

/** No pod carries a token of the service account `default`, which is everybody's. */
export const serviceAccountToken = podRule({
  name: "service-account-token",
  variables: {
    isDefault: 'variables.podSpec.?serviceAccountName.orValue("") in ["", "default"]',
  },
  faults:
    `variables.isDefault && (variables.podSpec.?automountServiceAccountToken.orValue(false) || ${mounted}) ? ` +
    '["a token of the service account default is mounted"] : []',
  remedy:
    "automountServiceAccountToken: false, or another service account; give the application one of its own with the " +
    "rights it needs",
});
