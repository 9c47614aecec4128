import fc from "fast-check";

import type { Change, ChangedObject } from "../../../cli/review/change/change.ts";

const types = [
  "kubernetes:core/v1:Namespace",
  "kubernetes:rbac.authorization.k8s.io/v1:ClusterRole",
  "kubernetes:argoproj.io/v1alpha1:AppProject",
  "kubernetes:helm.sh/v3:Release",
  "aws:eks/cluster:Cluster",
  "aws:s3/bucket:Bucket",
  "apps/v1/Deployment",
  "networking.k8s.io/v1/Ingress",
  "apiextensions.k8s.io/v1/CustomResourceDefinition",
];
const values = ["podinfo:6.1.0", "podinfo:7.0.0", "other/podinfo:latest", "1.33", "1.34", "10.0.0", "1h"];
const messages = ["Fix it", "WIP", "Hotfix ASAP", "feat!: new", "Raise memory because of the load", "Revert this", ""];

const field = fc.record({
  path: fc.constantFrom("spec.template.spec.containers[name=app].image", "version", "spec.syncWindows[0].duration"),
  before: fc.constantFrom(...values),
  after: fc.constantFrom(...values),
});

const object: fc.Arbitrary<ChangedObject> = fc.record({
  id: fc.string(),
  type: fc.oneof(fc.constantFrom(...types), fc.string()),
  name: fc.string(),
  action: fc.constantFrom("added", "changed", "removed", "replaced"),
  place: fc.constantFrom("local", "dev", "staging", "prod"),
  application: fc.option(fc.constantFrom("app", "core-trading"), { nil: undefined }),
  fields: fc.array(field, { maxLength: 3 }),
  dependents: fc.nat({ max: 200 }),
});

const file = fc.oneof(
  fc.constantFrom("policies/cluster/tags.ts", "policies/waivers.yaml", "gitops-review.yaml", "package.json"),
  fc.string(),
);
const commit = fc.record({ hash: fc.string(), message: fc.oneof(fc.constantFrom(...messages), fc.lorem()) });
const failure = fc.record({
  kind: fc.constantFrom("rollback", "incident", "revert", "fix"),
  hash: fc.string(),
  subject: fc.string(),
  days: fc.double({ min: -1, max: 400, noNaN: true }),
  area: fc.string(),
});
const violation = fc.record({
  policy: fc.string(),
  enforcement: fc.constantFrom("advisory", "mandatory", "remediate"),
  message: fc.string(),
});

/** Any change. */
export const changes: fc.Arbitrary<Change> = fc.record({
  objects: fc.array(object, { maxLength: 6 }),
  files: fc.array(file, { maxLength: 4 }),
  commits: fc.array(commit, { maxLength: 3 }),
  failures: fc.array(failure, { maxLength: 4 }),
  violations: fc.array(violation, { maxLength: 2 }),
  gaps: fc.array(fc.string(), { maxLength: 2 }),
});

/** A change, and the same with more in it, at any place of its lists. */
export const withMore = fc.tuple(changes, changes, fc.boolean()).map(([less, extra, first]) => {
  const joined = <T>(left: readonly T[] = [], right: readonly T[] = []) =>
    first ? [...right, ...left] : [...left, ...right];
  const more: Change = {
    objects: joined(less.objects, extra.objects),
    files: joined(less.files, extra.files),
    commits: joined(less.commits, extra.commits),
    failures: joined(less.failures, extra.failures),
    violations: joined(less.violations, extra.violations),
    gaps: joined(less.gaps, extra.gaps),
  };
  return { less, more };
});
