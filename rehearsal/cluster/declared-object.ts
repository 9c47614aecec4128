import { RehearsalError } from "../errors.ts";
import type { RecordedResource } from "../runtime/recorded-resource.ts";
import { isStackReference } from "../stack-reference.ts";

import type { KubernetesObject } from "./kubernetes-object.ts";

/** What apply does with a resource. */
export type Treatment = "apply" | "read" | "ignore" | "reference";

/**
 * Sorts resources out: Kubernetes objects are applied or read, other stacks are looked up; providers and local components
 * need nothing done.
 *
 * @throws RehearsalError for everything that only its own provider could make.
 */
export function treatmentOf(resource: RecordedResource): Treatment {
  const { type, urn, kind } = resource;
  if (kind === "component" || type.startsWith("pulumi:providers:")) return "ignore";
  if (isStackReference(resource)) return "reference";
  const supported = "apply supports Kubernetes objects only";
  if (kind === "remote") throw new RehearsalError(`${urn}: "${type}" is made by a component provider; ${supported}`);
  if (!type.startsWith("kubernetes:") || /^kubernetes:(helm\.sh|yaml|kustomize)[/:]/.test(type)) {
    throw new RehearsalError(`${urn}: "${type}" is not a Kubernetes object; ${supported}`);
  }
  if (type.endsWith("List")) {
    throw new RehearsalError(`${urn}: "${type}" is not one whole object; declare the object itself`);
  }
  if (isPatch(resource) && !resource.retainOnDelete) {
    throw new RehearsalError(`${urn}: a patch is not taken back here; give it the option retainOnDelete`);
  }
  return resource.readOnly ? "read" : "apply";
}

/**
 * Whether a resource is some fields of somebody else's object: applied like a whole one, never deleted. A kind may end
 * in "Patch" itself (pulumi/pulumi-kubernetes, provider/pkg/kinds/util.go).
 */
function isPatch({ type, inputs }: RecordedResource): boolean {
  return type.endsWith(`:${String(inputs["kind"])}Patch`);
}

/**
 * The object as it goes to the API server: the resource's inputs as they are, annotations of pulumi.com included, as
 * the Kubernetes provider sends them (pulumi/pulumi-kubernetes, provider/pkg/provider/provider.go).
 *
 * @throws RehearsalError when the object has no name, because auto-naming needs the engine's state.
 */
export function toObject({ urn, inputs }: RecordedResource): KubernetesObject {
  const { apiVersion, kind, metadata } = inputs as Partial<KubernetesObject>;
  if (typeof apiVersion !== "string" || typeof kind !== "string") {
    throw new RehearsalError(`${urn}: an object needs apiVersion and kind`);
  }
  if (typeof metadata?.name !== "string" || metadata.name === "") {
    throw new RehearsalError(`${urn}: set metadata.name; names cannot be made up here (auto-naming needs an engine)`);
  }
  const object = { ...inputs, apiVersion, kind, metadata };
  return kind === "Secret" && apiVersion === "v1" ? encodeStringData(object) : object;
}

/** `stringData` is write-only: under server-side apply its fields would never become the manager's. */
function encodeStringData({ stringData, ...object }: KubernetesObject): KubernetesObject {
  if (typeof stringData !== "object" || stringData === null) return object;
  const encoded = Object.entries(stringData).map(([key, value]) => [
    key,
    Buffer.from(String(value)).toString("base64"),
  ]);
  const data = { ...(object["data"] as object | undefined), ...(Object.fromEntries(encoded) as object) };
  return { ...object, data };
}

/** apiVersion and kind of a resource that is only read: its type is `kubernetes:<group>/<version>:<Kind>`. */
export function kindOfType(type: string): { readonly apiVersion: string; readonly kind: string } {
  const [, version = "", kind = ""] = type.split(":");
  // `core/v1` of the SDK is `v1` of the API; its other short groups are the API's names or need `.k8s.io`.
  const [group = "", number] = version.split("/");
  if (group === "core") return { apiVersion: number ?? "v1", kind };
  const short = ["apps", "autoscaling", "batch", "policy", "extensions"].includes(group) || group.includes(".");
  return { apiVersion: short ? version : `${group}.k8s.io/${number ?? ""}`, kind };
}
