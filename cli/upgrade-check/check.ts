import { charts } from "../../infra/versions.ts";

import { apiFindings } from "./apis.ts";
import { compatibility } from "./compatibility.ts";
import { controllerFindings } from "./controllers.ts";
import { crdFindings } from "./crds.ts";
import { eksFindings } from "./eks.ts";
import type { Facts, Finding, Level, Report } from "./model.ts";
import { skewFindings } from "./skew.ts";
import type { KubernetesVersion } from "./version.ts";

const order: readonly Level[] = ["blocking", "warning", "unknown", "fine"];

/** Every check, what stops the upgrade first. @param today ISO date, UTC */
export function checkUpgrade(facts: Facts, to: KubernetesVersion, today: string): Report {
  const findings: readonly Finding[] = [
    ...skewFindings(facts, to),
    ...apiFindings(facts.objects, to),
    ...crdFindings(facts.definitions, facts.newDefinitions),
    ...controllerFindings(charts, compatibility, to),
    ...(facts.eks ? eksFindings(to, today) : []),
    ...facts.gaps,
  ];
  const sorted = [...findings].sort((left, right) => order.indexOf(left.level) - order.indexOf(right.level));
  return { subject: facts.subject, from: facts.from, to: to.text, findings: sorted };
}

/** How many findings have each level. */
export function countLevels({ findings }: Report): Readonly<Record<Level, number>> {
  const count = (level: Level): number => findings.filter((one) => one.level === level).length;
  return { blocking: count("blocking"), warning: count("warning"), unknown: count("unknown"), fine: count("fine") };
}
