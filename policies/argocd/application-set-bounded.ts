import { cis, pci } from "../model/framework.ts";
import { spec } from "../model/kubernetes-object.ts";
import { objectPolicy } from "../model/object-policy.ts";
import { fields, list, quote, text, texts } from "../model/values.ts";
import type { Fields } from "../model/values.ts";

import { isApplicationSet } from "./objects.ts";

/** A project out of a template is chosen by whoever chooses its values (argo-cd, docs/operator-manual/applicationset/Security.md). */
export const applicationSetBounded = objectPolicy({
  name: "argocd-application-set-bounded",
  description: "An ApplicationSet says who may become one of its Applications, and its project by name.",
  severity: "high",
  remediation:
    'write the project out, give generators of pull requests labels, and set goTemplate with "missingkey=error"',
  references: [cis("4.5.1"), pci("7.2.2")],
  judgeObject: (object) => {
    if (!isApplicationSet(object)) return [];
    const { goTemplate, goTemplateOptions, generators, template } = spec(object);
    const project = text(fields(fields(template)["spec"])["project"]) ?? "";
    return [
      ...(project.includes("{{") ? [`its project ${quote(project)} is a template`] : []),
      ...(goTemplate === true && texts(goTemplateOptions).includes("missingkey=error")
        ? []
        : ["a missing value in its template is no error"]),
      ...generatorsIn(generators)
        .filter(takesAll)
        .map(() => "it takes every open pull request, labelled or not"),
    ];
  },
});

/** All generators, with those inside of matrix and merge. */
function generatorsIn(value: unknown): readonly Fields[] {
  return list(value)
    .map(fields)
    .flatMap((generator) => [
      generator,
      ...["matrix", "merge"].flatMap((kind) => generatorsIn(fields(generator[kind])["generators"])),
    ]);
}

function takesAll(generator: Fields): boolean {
  if (generator["pullRequest"] === undefined) return false;
  const hosts = Object.values(fields(generator["pullRequest"])).map(fields);
  return !hosts.some((host) => texts(host["labels"]).length > 0);
}
