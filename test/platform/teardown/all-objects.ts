import type { ThrowAwayPlatform } from "../support/platform.ts";

/** An object of the cluster, of any kind that is served. */
export interface LiveObject {
  readonly kind: string;
  readonly namespace: string | undefined;
  readonly name: string;
  readonly terminating: boolean;
  /** Who owns fields of it. */
  readonly managers: readonly string[];
}

interface Item {
  readonly kind: string;
  readonly metadata: {
    readonly name: string;
    readonly namespace?: string;
    readonly deletionTimestamp?: string;
    readonly managedFields?: readonly { readonly manager: string }[];
  };
}

export const identify = ({ kind, namespace, name }: LiveObject): string =>
  `${kind} ${namespace === undefined ? name : `${namespace}/${name}`}`;

/** Every object of every kind that can be listed; Events tell of the past and are left out. */
export async function allObjects(on: ThrowAwayPlatform): Promise<readonly LiveObject[]> {
  const { stdout } = await on.kubectl(["api-resources", "--verbs=list,delete", "--output", "name"]);
  const resources = stdout.split("\n").filter((name) => name !== "" && !/^events(\.|$)/.test(name));
  const args = ["get", resources.join(","), "--all-namespaces", "--output", "json", "--show-managed-fields"];
  const listed = await on.kubectl([...args, "--chunk-size=0"]);
  if (listed.exitCode !== 0) throw new Error(`kubectl get failed:\n${listed.all.slice(-2000)}`);
  return (JSON.parse(listed.stdout) as { readonly items: readonly Item[] }).items.map(({ kind, metadata }) => ({
    kind,
    namespace: metadata.namespace,
    name: metadata.name,
    terminating: metadata.deletionTimestamp !== undefined,
    managers: (metadata.managedFields ?? []).map(({ manager }) => manager),
  }));
}
