/** A Kubernetes object as JSON. */
export interface KubernetesObject {
  readonly apiVersion: string;
  readonly kind: string;
  readonly metadata: ObjectMetadata;
  readonly [field: string]: unknown;
}

/** The metadata that rehearsal reads. */
export interface ObjectMetadata {
  readonly name: string;
  readonly namespace?: string | undefined;
  readonly uid?: string | undefined;
  readonly resourceVersion?: string | undefined;
  readonly deletionTimestamp?: string | undefined;
  readonly finalizers?: readonly string[] | undefined;
  readonly annotations?: Readonly<Record<string, string>> | undefined;
}

/** Which object it is. */
export interface ObjectIdentity {
  readonly apiVersion: string;
  readonly kind: string;
  /** Undefined for objects of the whole cluster. */
  readonly namespace?: string | undefined;
  readonly name: string;
}

/** One text for one object; the version of its group does not matter, because it is one object in all of them. */
export function identityKey({ apiVersion, kind, namespace, name }: ObjectIdentity): string {
  return [groupOf(apiVersion), kind, namespace ?? "", name].join("/");
}

/** `apps` of `apps/v1`, and the empty text of the core group's `v1`. */
export function groupOf(apiVersion: string): string {
  return apiVersion.includes("/") ? (apiVersion.split("/")[0] ?? "") : "";
}

/** For messages: `Deployment.apps dev/app`. */
export function describeObject({ apiVersion, kind, namespace, name }: ObjectIdentity): string {
  const group = groupOf(apiVersion);
  return `${kind}${group === "" ? "" : `.${group}`} ${namespace === undefined ? "" : `${namespace}/`}${name}`;
}
