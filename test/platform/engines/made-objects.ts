import type { KubernetesObject } from "../../../local/kubernetes/rest-client.ts";
import { alertsUrl } from "../../../local/receiver/index.ts";
import type { ThrowAwayPlatform } from "../support/platform.ts";

/** Metadata that the API server makes up, and that differs on any two clusters. */
const ofTheServer = ["managedFields", "uid", "resourceVersion", "creationTimestamp", "generation"];

interface Owner {
  readonly manager: string;
  readonly operation: string;
}

/** Who owns the fields that each engine sets, in metadata.managedFields. */
export const owners = {
  rehearsal: ({ manager, operation }: Owner): boolean => manager === "gitops-rehearsal" && operation === "Apply",
  // A manager for each object, with a suffix of its own.
  pulumi: ({ manager }: Owner): boolean => manager.startsWith("pulumi-kubernetes"),
} as const;

/**
 * What an engine made, found in the whole cluster by who owns fields, by `<kind> <namespace>/<name>`: labels,
 * annotations, finalizers, spec and all else, without what the server makes up, the status, and the platform's folder
 * and address for alerts.
 */
export async function madeObjects(
  on: ThrowAwayPlatform,
  engine: keyof typeof owners,
): Promise<Readonly<Record<string, unknown>>> {
  const made = (await everyObject(on)).filter(({ metadata }) => {
    const { managedFields = [] } = metadata as { readonly managedFields?: readonly Owner[] };
    return managedFields.some(owners[engine]);
  });
  // In Secrets, the address of this platform's receiver.
  const alerts = Buffer.from(await alertsUrl(on.layout)).toString("base64");
  const own: readonly (readonly [string, string])[] = [
    [on.layout.directory, "<platform>"],
    [alerts, "<alerts>"],
  ];
  return Object.fromEntries(made.map((object) => [identify(object), comparable(object, own)]));
}

/** Every object of every kind that can be listed; Events tell of the past and are left out. */
export async function everyObject(on: ThrowAwayPlatform): Promise<readonly KubernetesObject[]> {
  const { stdout } = await on.kubectl(["api-resources", "--verbs=list,delete", "--output", "name"]);
  const resources = stdout.split("\n").filter((name) => name !== "" && !/^events(\.|$)/.test(name));
  const output = ["--output", "json", "--show-managed-fields", "--chunk-size=0"];
  const listed = await on.kubectl(["get", resources.join(","), "--all-namespaces", ...output]);
  if (listed.exitCode !== 0) throw new Error(`kubectl get failed:\n${listed.all.slice(-2000)}`);
  return (JSON.parse(listed.stdout) as { readonly items: readonly KubernetesObject[] }).items;
}

export function identify({ kind, metadata: { namespace, name } }: KubernetesObject): string {
  return `${kind} ${namespace === undefined ? name : `${namespace}/${name}`}`;
}

function comparable(
  { status: _, metadata, ...object }: KubernetesObject,
  own: readonly (readonly [string, string])[],
): unknown {
  const kept = Object.fromEntries(Object.entries(metadata).filter(([key]) => !ofTheServer.includes(key)));
  const text = JSON.stringify({ ...object, metadata: kept });
  return JSON.parse(own.reduce((rest, [value, name]) => rest.replaceAll(value, name), text));
}
