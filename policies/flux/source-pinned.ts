import { pci } from "../model/framework.ts";
import { spec } from "../model/kubernetes-object.ts";
import { objectPolicy } from "../model/object-policy.ts";
import { fields, quote, text } from "../model/values.ts";

import { isGitRepository } from "./objects.ts";

/** A GitRepository without a reference follows `master`, whatever the host calls its default. */
export const fluxSourcePinned = objectPolicy({
  name: "flux-source-pinned",
  description: "A GitRepository follows a branch that is named.",
  severity: "medium",
  remediation: "name the branch of the environment in spec.ref.branch",
  references: [pci("6.5.1")],
  judgeObject: (object) => {
    if (!isGitRepository(object)) return [];
    const ref = fields(spec(object)["ref"]);
    const branch = text(ref["branch"]);
    if (branch !== undefined && branch !== "" && branch !== "HEAD") return [];
    return [`ref.branch is ${quote(ref["branch"])}`];
  },
});
