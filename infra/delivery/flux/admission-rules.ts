import { labels } from "../../labels.ts";
import type { DeliveryEnvironment } from "../environment.ts";

import { reconcilerName, sourceName } from "./names.ts";

/** One rule of a ValidatingAdmissionPolicy: what must be so, in CEL, and what is said where it is not. */
export interface Validation {
  readonly expression: string;
  readonly message: string;
}

/** A text or a list as CEL writes it; JSON's is the same for both. */
const literal = (value: unknown): string => JSON.stringify(value);

/** In which environment an object is: the label that this program puts on the namespace. */
const environment = `namespaceObject.metadata.labels[${literal(labels.environment)}]`;

/** Whether an optional reference stays in its own namespace. */
const within = (reference: string) =>
  `${reference}.?namespace.orValue(object.metadata.namespace) == object.metadata.namespace`;

/**
 * What an AppProject says with `sourceRepos`: one repository, and the branch of each environment. Every other kind of
 * source is refused, as a chart or a bucket is none of them.
 */
export function sourceValidations(repository: string, environments: readonly DeliveryEnvironment[]): Validation[] {
  const branches = Object.fromEntries(environments.map(({ name, branch }) => [name, branch]));
  const ref = "object.spec.?ref";
  return [
    {
      expression: 'object.kind == "GitRepository"',
      message:
        "an environment follows Git alone: no Bucket, OCIRepository, HelmRepository, HelmChart or ExternalArtifact",
    },
    {
      expression: `object.kind != "GitRepository" || object.spec.url == ${literal(repository)}`,
      message: `a GitRepository names the platform's repository, ${repository}`,
    },
    {
      expression:
        `object.kind != "GitRepository" || (${environment} in ${literal(branches)} && ` +
        `${ref}.branch.orValue("") == ${literal(branches)}[${environment}] && ` +
        `["tag", "semver", "name", "commit"].all(other, !(other in ${ref}.orValue({}))))`,
      message: "a GitRepository follows the branch of its environment",
    },
    {
      expression: 'object.kind != "GitRepository" || size(object.spec.?include.orValue([])) == 0',
      message: "a GitRepository includes no other one",
    },
  ];
}

/** What an AppProject says with `destinations`, and as whom: the rest is in the Role of that account. */
export const kustomizationValidations: readonly Validation[] = [
  {
    expression: 'object.kind == "Kustomization"',
    message: "an environment has Kustomizations alone: no HelmRelease",
  },
  {
    expression: `object.kind != "Kustomization" || object.spec.?serviceAccountName.orValue("") == ${literal(reconcilerName)}`,
    message: `a Kustomization acts as the account ${reconcilerName}`,
  },
  {
    expression:
      'object.kind != "Kustomization" || object.spec.?targetNamespace.orValue("") == object.metadata.namespace',
    message: "a Kustomization has its own namespace as targetNamespace",
  },
  {
    expression:
      `object.kind != "Kustomization" || (object.spec.sourceRef.kind == "GitRepository" && ` +
      `object.spec.sourceRef.name == ${literal(sourceName)} && ${within("object.spec.sourceRef")})`,
    message: `a Kustomization reads the GitRepository ${sourceName} of its own namespace`,
  },
  {
    expression: `object.kind != "Kustomization" || object.spec.?dependsOn.orValue([]).all(one, ${within("one")})`,
    message: "a Kustomization waits for others of its own namespace alone",
  },
  {
    expression: 'object.kind != "Kustomization" || !has(object.spec.kubeConfig)',
    message: "a Kustomization applies to the cluster that it is in",
  },
  {
    // Its name says which overlay it is: another one has another one's replicas, flags and images.
    expression:
      'object.kind != "Kustomization" || (object.spec.?path.orValue("").matches(' +
      `"^(\\\\./)?apps/[a-z0-9-]+/overlays/[a-z]+$") && ` +
      `[object.spec.path.replace("./", "").split("/")].all(part, part[3] == ${environment} && ` +
      'object.metadata.name == part[1] + "-" + part[3]))',
    message: "a Kustomization is named <application>-<environment>, and its path is that overlay",
  },
  {
    // The `override` of Argo CD, which no deployer has: what runs stands in Git.
    expression:
      'object.kind != "Kustomization" || ["patches", "images", "components", "postBuild", "namePrefix", "nameSuffix", ' +
      '"commonMetadata", "decryption"].all(field, !(field in object.spec))',
    message: "a Kustomization changes nothing of what Git says",
  },
];

/** The account is kustomize-controller's: with its token a workload could change the others of its namespace. */
export const podValidations: readonly Validation[] = [
  {
    expression: `object.spec.?serviceAccountName.orValue("") != ${literal(reconcilerName)}`,
    message: `no pod runs as the account ${reconcilerName}`,
  },
];
