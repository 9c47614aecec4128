import { cis, pci } from "../model/framework.ts";
import { nameOf, spec } from "../model/kubernetes-object.ts";
import { objectPolicy } from "../model/object-policy.ts";
import { list } from "../model/values.ts";

import { isApplication, isProject, projectNameOf } from "./objects.ts";

/** Argo CD makes the project `default` itself, allowing everything: it must be emptied, and stay unused. */
export const noDefaultProject = objectPolicy({
  name: "argocd-no-default-project",
  description: "No Application belongs to the project `default`, which allows nothing.",
  severity: "high",
  remediation:
    "name the AppProject of the environment in spec.project; leave `default` without sources and destinations",
  references: [cis("4.5.1"), pci("7.2.2")],
  judgeObject: (object) => {
    if (isApplication(object) && projectNameOf(object) === "default")
      return ["the Application is in project `default`"];
    if (!isProject(object) || nameOf(object) !== "default") return [];
    return ["sourceRepos", "destinations", "clusterResourceWhitelist"]
      .filter((field) => list(spec(object)[field]).length > 0)
      .map((field) => `project \`default\` still allows something in ${field}`);
  },
});
