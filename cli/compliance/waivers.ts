import { existsSync, readFileSync } from "node:fs";

import { typeOf } from "../../policies/model/kubernetes-object.ts";
import { today } from "../../policies/model/policy.ts";
import { policyNames } from "../../policies/policies.ts";
import { parseWaivers } from "../../policies/waivers/parse.ts";
import type { Waiver } from "../../policies/waivers/parse.ts";
import { waivable, WaiverRegister } from "../../policies/waivers/register.ts";
import type { Waivable } from "../../policies/waivers/register.ts";

import type { Evidence } from "./model.ts";

/** The waivers of a file; none where there is no file. */
export function readWaivers(file: string | undefined): readonly Waiver[] {
  if (file === undefined || !existsSync(file)) return [];
  return parseWaivers(readFileSync(file, "utf8"), today(), policyNames).waivers;
}

/** API versions of the kinds that evidence names, as waivers write them. */
const apiVersions: Readonly<Record<string, string>> = {
  Namespace: "v1",
  Pod: "v1",
  ServiceAccount: "v1",
  ResourceQuota: "v1",
  LimitRange: "v1",
  NetworkPolicy: "networking.k8s.io/v1",
  Role: "rbac.authorization.k8s.io/v1",
  RoleBinding: "rbac.authorization.k8s.io/v1",
  ClusterRoleBinding: "rbac.authorization.k8s.io/v1",
};

/** A failure that a waiver lets through until a day, with its owner; anything else as it was. */
export function waived(evidence: Evidence, policies: readonly string[], waivers: readonly Waiver[]): Evidence {
  if (evidence.result !== "fail") return evidence;
  const subjects = waivables(evidence.object);
  const waiver = waivers.find((one) => {
    const register = new WaiverRegister({ waivers: [one], problems: [] }, today());
    return policies.some((policy) => subjects.some((subject) => register.covers(policy, subject)));
  });
  if (waiver === undefined) return evidence;
  const { owner, expires, reason } = waiver;
  return { ...evidence, result: "waived", says: `${evidence.says}; waived by ${owner} until ${expires}: ${reason}` };
}

/** As a waiver may name what evidence names: by URN, by kind and name, or, for one that is missing, its namespace. */
function waivables(object: string): readonly Waivable[] {
  if (object.startsWith("urn:")) return [waivable(object)];
  const [kind = "", place = "", namespace] = object.split(" ");
  if (place === "in" && namespace !== undefined) return ofNamespace(namespace);
  if (kind === "Namespace") return ofNamespace(place);
  const apiVersion = apiVersions[kind];
  if (apiVersion === undefined) return [];
  return [{ type: typeOf({ apiVersion, kind }), name: place.split("/").at(-1) ?? "" }];
}

/** The program calls the resource `<environment>-namespace`. */
const ofNamespace = (name: string): readonly Waivable[] =>
  [name, `${name}-namespace`].map((one) => ({ type: "kubernetes:core/v1:Namespace", name: one }));
