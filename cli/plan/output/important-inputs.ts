import type { PlannedResource } from "../model.ts";
import { printable } from "../seal.ts";

/** What a reviewer looks for first, by type. Paths may lead to objects and lists. */
const important: Readonly<Record<string, readonly string[]>> = {
  "eks:index:Cluster": ["name", "version", "authenticationMode", "endpointPublicAccess", "publicAccessCidrs"],
  "aws:eks/nodeGroup:NodeGroup": ["instanceTypes", "capacityType", "scalingConfig"],
  "aws:eks/addon:Addon": ["addonName", "addonVersion"],
  "aws:ec2/vpc:Vpc": ["cidrBlock"],
  "aws:ec2/subnet:Subnet": ["availabilityZone", "cidrBlock", "mapPublicIpOnLaunch"],
  "aws:ec2/launchTemplate:LaunchTemplate": ["imageId", "metadataOptions.httpTokens"],
  "aws:ec2/route:Route": ["destinationCidrBlock"],
  "aws:iam/role:Role": ["name", "path"],
  "aws:iam/rolePolicyAttachment:RolePolicyAttachment": ["policyArn"],
  "aws:kms/key:Key": ["enableKeyRotation", "deletionWindowInDays"],
  "aws:cloudwatch/logGroup:LogGroup": ["name", "retentionInDays"],
  "kubernetes:helm.sh/v3:Release": ["chart", "version", "namespace"],
  "kubernetes:argoproj.io/v1alpha1:Application": [
    "spec.project",
    "spec.source.path",
    "spec.source.targetRevision",
    "spec.destination.namespace",
    "spec.syncPolicy.automated",
  ],
  "kubernetes:argoproj.io/v1alpha1:AppProject": ["spec.sourceRepos", "spec.destinations"],
  "kubernetes:core/v1:ResourceQuota": ["metadata.namespace", "spec.hard"],
  "kubernetes:rbac.authorization.k8s.io/v1:RoleBinding": ["metadata.namespace", "roleRef.name", "subjects"],
};

/** Longest text of one value, so that a resource stays on a line. */
const longest = 72;

/** The inputs that matter of a resource, as text by path: those of its type, or else its name and plain values. */
export function importantInputs({ type, inputs }: PlannedResource): ReadonlyMap<string, string> {
  const paths = important[type] ?? [...(inputs["metadata"] === undefined ? plainInputs(inputs) : objectPaths)];
  const found = paths.map((path) => [path, path.split(".").reduce<unknown>(field, inputs)] as const);
  return new Map(found.filter(([, value]) => value !== undefined).map(([path, value]) => [path, shown(value)]));
}

const objectPaths = ["metadata.namespace", "metadata.name"];

function field(value: unknown, name: string): unknown {
  return typeof value === "object" && value !== null ? (value as Readonly<Record<string, unknown>>)[name] : undefined;
}

/** The first few values that are no objects. */
function plainInputs(inputs: Readonly<Record<string, unknown>>): readonly string[] {
  return Object.keys(inputs)
    .filter((key) => typeof inputs[key] !== "object" && key !== "apiVersion" && key !== "kind")
    .slice(0, 4);
}

/** A value on one line. */
export function shown(value: unknown): string {
  const plain = printable(value);
  const text = typeof plain === "string" ? plain.replaceAll("\n", "\\n") : JSON.stringify(plain);
  return text.length > longest ? `${text.slice(0, longest)}...` : text;
}
