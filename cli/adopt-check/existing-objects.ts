import type { Cluster } from "../cluster/connect.ts";

import type { Declared, DeclaredObject, Finding } from "./model.ts";

interface ResourceList {
  readonly resources?: readonly { readonly name: string; readonly kind: string; readonly namespaced: boolean }[];
}
interface Found {
  readonly metadata: { readonly managedFields?: readonly { readonly manager?: string }[] };
}

/** Field managers of the engines: the Kubernetes provider's, and rehearsal's. */
const ours = (manager: string | undefined): boolean => /^(pulumi|gitops-rehearsal)/.test(manager ?? "");

/** What the stack would make and somebody else has made already, and kinds that nobody serves. */
export async function existingObjects(
  cluster: Pick<Cluster, "get">,
  { objects, charts }: Declared,
): Promise<{ readonly findings: readonly Finding[]; readonly deployed: boolean }> {
  const served = new Map<string, Promise<ResourceList | undefined>>();
  const findings: Finding[] = [];
  const missing = new Set<string>();
  let free = 0;
  let deployed = false;
  for (const object of objects) {
    const group = object.apiVersion.includes("/") ? `/apis/${object.apiVersion}` : `/api/${object.apiVersion}`;
    const asked = served.get(group) ?? cluster.get<ResourceList>(group);
    served.set(group, asked);
    const resource = (await asked)?.resources?.find(({ kind, name }) => kind === object.kind && !name.includes("/"));
    if (resource === undefined) {
      missing.add(`${object.kind} (${object.apiVersion})`);
      continue;
    }
    const namespace = resource.namespaced ? `/namespaces/${object.namespace ?? "default"}` : "";
    const found = await cluster.get<Found>(`${group}${namespace}/${resource.name}/${object.name}`);
    const own = found?.metadata.managedFields?.some(({ manager }) => ours(manager)) ?? false;
    deployed ||= own;
    if (found === undefined || own) free += 1;
    else findings.push(taken(object));
  }
  if (charts.length === 0) {
    for (const kind of missing) {
      const mend = "install the controller that brings it, or set `controllers: helm`";
      findings.push({
        level: "blocking",
        where: kind,
        what: "is not served, and the stack installs no controller",
        mend,
      });
    }
  }
  const what = "are free, or the stack's already";
  const fine: Finding = { level: "fine", where: `${free} objects of the stack`, what };
  return { findings: free === 0 ? findings : [...findings, fine], deployed };
}

function taken({ kind, namespace, name }: DeclaredObject): Finding {
  return {
    level: "blocking",
    where: `${kind} ${namespace === undefined ? name : `${namespace}/${name}`}`,
    what: "exists and is somebody else's: Pulumi refuses to create it, and a destroy would delete what it took over",
    mend:
      kind === "Namespace"
        ? "give the environment another name: delivery.<environment>.namespace"
        : "rename or remove the one that is there, or choose another name for the stack's",
  };
}
