import { cis, pci } from "../model/framework.ts";
import { isKind } from "../model/kubernetes-object.ts";
import { objectPolicy } from "../model/object-policy.ts";
import { fields, list, quote, text, unknownValue } from "../model/values.ts";

import { containersOf, podSpecOf } from "./pods.ts";

interface Settings {
  readonly secretObjects: boolean;
  readonly names: string;
}

const privateKey = /-----BEGIN [A-Z ]*PRIVATE KEY-----/;

/**
 * Messages name the place, never the value. The Kubernetes provider marks the data of a Secret as secret, and the engine
 * hands it to policies in the clear: from there a literal and a value of the encrypted configuration look the same, so
 * Secrets are judged in manifests, where every value is a literal.
 */
export const noPlainSecrets = objectPolicy<Settings>({
  name: "no-plain-secrets",
  description: "No password, token or key stands in Git in plain text.",
  severity: "critical",
  remediation:
    "keep it in the encrypted configuration or in a secret store, and mount it or refer to it by secretKeyRef",
  references: [cis("4.4.1"), pci("8.6.2")],
  settings: {
    secretObjects: { type: "boolean", default: false, description: "Judge the data of Secret objects as well." },
    names: {
      type: "string",
      default: "(password|passwd|secret|token|api[_-]?key|private[_-]?key|credential)s?$",
      description: "Regular expression, in any case, of names whose values are secret.",
    },
  },
  judgeObject: (object, { secretObjects, names }) => {
    const secretName = new RegExp(names, "i");
    const literals = (holder: string, entries: readonly (readonly [name: string, value: unknown])[]) =>
      entries
        .filter(([name, value]) => isLiteral(value) && (secretName.test(name) || privateKey.test(text(value) ?? "")))
        .map(([name]) => `${holder} ${quote(name)} is a literal`);
    if (isKind(object, "", "ConfigMap")) return literals("key", Object.entries(fields(object["data"])));
    if (isKind(object, "", "Secret")) {
      const keys = secretObjects ? { ...fields(object["data"]), ...fields(object["stringData"]) } : {};
      return Object.entries(keys)
        .filter(([, value]) => isLiteral(value))
        .map(([name]) => `key ${quote(name)} is a literal`);
    }
    return containersOf(podSpecOf(object) ?? {}).flatMap(({ name, container }) => {
      const variables = list(container["env"]).map(fields);
      return literals(
        `${name}: variable`,
        variables.map((variable) => [String(variable["name"]), variable["value"]]),
      );
    });
  },
});

function isLiteral(value: unknown): boolean {
  return typeof value === "string" && value !== "" && value !== unknownValue;
}
