const rootStackType = "pulumi:pulumi:Stack";

/**
 * Makes a URN as the engine does (pulumi/pulumi, sdk/go/common/resource/urn, New): with the types of all ancestors but
 * the stack. Pulumi's mock monitor keeps the nearest one only, so its URNs differ from those of a deployment.
 */
export function makeUrn(stack: string, project: string, parent: string, type: string, name: string): string {
  const parentType = parent === "" ? "" : (parent.split("::")[2] ?? "");
  const qualified = parentType === "" || parentType === rootStackType ? type : `${parentType}$${type}`;
  return `urn:pulumi:${stack}::${project}::${qualified}::${name}`;
}

/** The URN in a provider reference (`<urn>::<id>`), or undefined when there is no explicit provider. */
export function urnOfReference(reference: string | undefined): string | undefined {
  return reference?.split("::").slice(0, 4).join("::");
}

/** Whether a resource is the stack itself, the parent of everything that names no other. */
export function isStack(type: string): boolean {
  return type === rootStackType;
}
