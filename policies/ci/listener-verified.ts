import { nsa, pci } from "../model/framework.ts";
import { objectPolicy } from "../model/object-policy.ts";
import { fields, list, text } from "../model/values.ts";
import type { Fields } from "../model/values.ts";

import { interceptorsOf } from "./objects.ts";

/** Interceptors that check the signature or token of a Git host (tektoncd/triggers, docs/interceptors.md). */
const verifying = ["github", "gitlab", "bitbucket"];

/** Anybody reaches a listener; what the rest of a trigger does with the event is then that anybody's choice. */
export const listenerVerified = objectPolicy({
  name: "ci-listener-verified",
  description: "A webhook starts nothing before its signature is checked with a Secret.",
  severity: "critical",
  remediation: "let the first interceptor be github, gitlab or bitbucket, with secretRef: { secretName, secretKey }",
  references: [nsa("Authentication and authorization"), pci("8.6.2")],
  judgeObject: (object) =>
    interceptorsOf(object).flatMap(({ name, interceptors }) => {
      const [first = {}] = interceptors;
      const host = text(fields(first["ref"])["name"]) ?? "";
      if (!verifying.includes(host)) return [`${name} checks no signature first`];
      return hasSecret(first) ? [] : [`${name} checks the signature of ${host} with no Secret, so it checks nothing`];
    }),
});

function hasSecret(interceptor: Fields): boolean {
  const given = list(interceptor["params"])
    .map(fields)
    .find(({ name }) => name === "secretRef");
  const { secretName, secretKey } = fields(given?.["value"]);
  return [secretName, secretKey].every((value) => (text(value) ?? "") !== "");
}
