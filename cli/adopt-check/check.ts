import { argocdNamespace } from "../../infra/crds/argocd.ts";
import type { Cluster } from "../cluster/connect.ts";

import { existingObjects } from "./existing-objects.ts";
import type { Declared, Finding } from "./model.ts";

type Reader = Pick<Cluster, "get">;

interface Named {
  readonly metadata: { readonly name: string; readonly namespace?: string };
}
interface Application extends Named {
  readonly spec?: { readonly project?: string };
}
interface ApplicationSet extends Named {
  readonly spec?: { readonly template?: { readonly spec?: { readonly project?: string } } };
}

const argocd = "/apis/argoproj.io/v1alpha1";

/** Looks at a cluster before a stack is deployed to it for the first time; changes nothing. */
export async function checkAdoption(cluster: Reader, declared: Declared): Promise<readonly Finding[]> {
  const objects = await existingObjects(cluster, declared);
  const findings = [
    ...(declared.charts.length === 0 ? await whereArgocdIs(cluster, declared) : []),
    // After a first deployment they are there because of the stack.
    ...(objects.deployed ? [] : await secondControllers(cluster, declared)),
    ...(declared.neutralises ? await ofDefaultProject(cluster) : []),
    ...objects.findings,
  ];
  return [...findings].sort((one, other) => Number(one.level === "fine") - Number(other.level === "fine"));
}

const list = async <T>(cluster: Reader, path: string): Promise<readonly T[] | undefined> =>
  (await cluster.get<{ readonly items?: readonly T[] }>(path))?.items;

/** Argo CD makes the AppProject `default` in its own namespace at its first start: where it is, Argo CD is. */
async function whereArgocdIs(cluster: Reader, { neutralises }: Declared): Promise<readonly Finding[]> {
  if (!neutralises) return [];
  const projects = (await list<Named>(cluster, `${argocd}/appprojects`)) ?? [];
  const homes = projects.flatMap(({ metadata }) =>
    metadata.name === "default" && metadata.namespace !== undefined ? [metadata.namespace] : [],
  );
  const where = `Argo CD in namespace ${homes.join(", ") || argocdNamespace}`;
  if (homes.includes(argocdNamespace)) return [{ level: "fine", where, what: "is where the stack expects it" }];
  const what =
    homes.length === 0 ? "is not there" : `is not in ${argocdNamespace}, where the stack puts its Applications`;
  return [{ level: "blocking", where, what, mend: "set `controllers: helm`, or install Argo CD in that namespace" }];
}

/** Groups of kinds that a chart brings: whoever serves them runs that controller. */
const groupOfChart: Readonly<Record<string, string>> = {
  "argo-cd": "argoproj.io",
  "flagger": "flagger.app",
  "keda": "keda.sh",
  "cert-manager": "cert-manager.io",
};

/** Controllers that the stack would install beside the same of somebody else: both would act on the same objects. */
async function secondControllers(cluster: Reader, { charts }: Declared): Promise<readonly Finding[]> {
  const asked = charts.map(async (chart): Promise<readonly Finding[]> => {
    const group = groupOfChart[chart];
    if (group === undefined || (await cluster.get(`/apis/${group}`)) === undefined) return [];
    const what = `${group} is served already; the stack would install a second ${chart}, or Helm would refuse its kinds`;
    const mend = "set `controllers: preinstalled` and bring the missing ones yourself, or take that one away first";
    return [{ level: "blocking", where: `chart ${chart}`, what, mend }];
  });
  return (await Promise.all(asked)).flat();
}

/** Everything that lives in the project whose rights go. */
async function ofDefaultProject(cluster: Reader): Promise<readonly Finding[]> {
  const applications = (await list<Application>(cluster, `${argocd}/applications`)) ?? [];
  const sets = (await list<ApplicationSet>(cluster, `${argocd}/applicationsets`)) ?? [];
  // Argo CD takes an empty project for `default` (Application.Spec.GetProject, pkg/apis/application/v1alpha1/types.go).
  const inDefault = (project: string | undefined): boolean => (project ?? "") === "" || project === "default";
  const hit = [
    ...applications.filter(({ spec }) => inDefault(spec?.project)).map((one) => ["Application", one] as const),
    ...sets
      .filter(({ spec }) => inDefault(spec?.template?.spec?.project))
      .map((one) => ["ApplicationSet", one] as const),
  ];
  if (hit.length === 0) return [{ level: "fine", where: "AppProject default", what: "nobody uses it" }];
  return hit.map(([kind, { metadata }]) => ({
    level: "blocking",
    where: `${kind} ${metadata.namespace ?? ""}/${metadata.name}`,
    what: "is in the AppProject `default`, which the stack leaves without rights: it would sync no more",
    mend: "make an AppProject with the rights that it needs, and name it in spec.project, before the first deployment",
  }));
}
