import { nsa, pci } from "../model/framework.ts";
import { spec } from "../model/kubernetes-object.ts";
import { objectPolicy } from "../model/object-policy.ts";
import { fields, quote, text } from "../model/values.ts";

import { isRun, withTemplates } from "./objects.ts";

/** Code of pull requests runs in a run: what its account may do, anybody who may push may do. */
export const runAccount = objectPolicy({
  name: "ci-run-account",
  description: "A run of CI names a service account of its own.",
  severity: "high",
  remediation: "name an account without rights in taskRunTemplate.serviceAccountName",
  references: [nsa("Authentication and authorization"), pci("7.2.2")],
  judgeObject: (object) =>
    withTemplates(object)
      .filter(isRun)
      .flatMap((run) => {
        const { serviceAccountName, taskRunTemplate } = spec(run);
        const account = text(serviceAccountName) ?? text(fields(taskRunTemplate)["serviceAccountName"]);
        return account === undefined || ["", "default"].includes(account)
          ? [`its runs have the account ${quote(account ?? "default")}`]
          : [];
      }),
});
