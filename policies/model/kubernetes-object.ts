import { fields, list, text } from "./values.ts";
import type { Fields } from "./values.ts";

/** A Kubernetes object as plain data, whoever declares it: the program or an overlay under apps/. */
export interface KubernetesObject extends Fields {
  readonly apiVersion: string;
  readonly kind: string;
}

/** Label of the environment that an object belongs to (infra/labels.ts). */
const environmentLabel = "gitops.platform/environment";

/** The object that a Pulumi resource declares; undefined for components, Helm releases and other providers. */
export function objectOf(type: string, props: Fields): KubernetesObject | undefined {
  const { apiVersion, kind } = props;
  if (!type.startsWith("kubernetes:") || typeof apiVersion !== "string" || typeof kind !== "string") return undefined;
  return { ...props, apiVersion, kind };
}

/** True for types of the Kubernetes provider that stand for one object. */
export function isObjectType(type: string): boolean {
  return type.startsWith("kubernetes:") && !type.startsWith("kubernetes:helm.sh/");
}

/** The token that Pulumi's provider has for such an object; waivers name objects of overlays by it too. */
export function typeOf({ apiVersion, kind }: KubernetesObject): string {
  return `kubernetes:${apiVersion.includes("/") ? apiVersion : `core/${apiVersion}`}:${kind}`;
}

export function isKind(object: KubernetesObject, group: string, kind: string): boolean {
  const [first, version] = object.apiVersion.split("/");
  return object.kind === kind && (version === undefined ? "" : first) === group;
}

export function metadata(object: KubernetesObject): Fields {
  return fields(object["metadata"]);
}

export function nameOf(object: KubernetesObject): string | undefined {
  return text(metadata(object)["name"]);
}

export function namespaceOf(object: KubernetesObject): string | undefined {
  return text(metadata(object)["namespace"]);
}

export function labelsOf(object: KubernetesObject): Fields {
  return fields(metadata(object)["labels"]);
}

export function spec(object: KubernetesObject): Fields {
  return fields(object["spec"]);
}

/** The environment by label, else the one given, else none. */
export function environmentOf(object: KubernetesObject, otherwise: string | undefined): string | undefined {
  return text(labelsOf(object)[environmentLabel]) ?? otherwise;
}

/** Objects with the members of a `List` in place of it. */
export function flatten(objects: readonly KubernetesObject[]): readonly KubernetesObject[] {
  return objects.flatMap((object) => {
    if (!object.kind.endsWith("List") || !Array.isArray(object["items"])) return [object];
    return flatten(list(object["items"]).map((item) => item as KubernetesObject));
  });
}
