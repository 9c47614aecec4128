import { beforeAll, describe, expect, test } from "@jest/globals";

import type { RecordedResource } from "../../../rehearsal/index.ts";

import { cloudStacks, objectOf, recordingTimeout, recordStacks, stackNames } from "./stack.ts";
import type { RecordedStack, StackName } from "./stack.ts";

const application = "kubernetes:argoproj.io/v1alpha1:Application";
const appProject = "kubernetes:argoproj.io/v1alpha1:AppProject";

let stacks: Record<StackName, RecordedStack>;

beforeAll(async () => {
  stacks = await recordStacks();
}, recordingTimeout);

/** Asserts that each of `last` is deleted after each of `first`, because `first` depends on it. */
function goesAfter(stack: RecordedStack, last: readonly RecordedResource[], first: readonly RecordedResource[]): void {
  expect(last.length).toBeGreaterThan(0);
  expect(first.length).toBeGreaterThan(0);
  for (const resource of first) {
    const before = stack.before(resource);
    expect([resource.name, last.filter(({ urn }) => !before.has(urn)).map(({ urn }) => urn)]).toEqual([
      resource.name,
      [],
    ]);
  }
}

describe.each(stackNames)("destroying %s", (name) => {
  test("takes each Application before its AppProject, its namespace and what the namespace holds for it", () => {
    const stack = stacks[name];
    for (const one of stack.all(application)) {
      const { project, destination } = objectOf(one).spec as { project: string; destination: { namespace: string } };
      const needed = stack.resources.filter((resource) => {
        const { metadata } = objectOf(resource);
        if (resource.type === appProject) return metadata.name === project;
        if (resource.type === "kubernetes:core/v1:Namespace") return metadata.name === destination.namespace;
        return (
          /(ResourceQuota|LimitRange|NetworkPolicy)$/.test(resource.type) &&
          metadata.namespace === destination.namespace &&
          metadata.name !== "flagd"
        );
      });
      expect(needed).toHaveLength(5);
      goesAfter(stack, needed, [one]);
    }
  });

  test("has nothing that waits for an Application", () => {
    const applications = new Set(stacks[name].all(application).map(({ urn }) => urn));
    const waiting = stacks[name].resources.filter((resource) =>
      [...stacks[name].before(resource)].some((urn) => applications.has(urn)),
    );
    expect(waiting).toEqual([]);
  });

  test("takes the `default` AppProject last of Argo CD's objects", () => {
    const stack = stacks[name];
    const projects = stack.resources.filter(({ type }) => /:AppProject(Patch)?$/.test(type));
    const neutral = projects.filter((resource) => objectOf(resource).metadata.name === "default");
    expect(neutral).toHaveLength(1);
    goesAfter(stack, neutral, [...stack.all(application), ...projects.filter((one) => !neutral.includes(one))]);
  });

  test("has no circle", () => {
    for (const resource of stacks[name].resources) expect(stacks[name].before(resource)).not.toContain(resource.urn);
  });
});

describe.each(cloudStacks)("destroying %s", (name) => {
  const controllers = (stack: RecordedStack) => stack.all("gitops:controllers:");
  const nodes = (stack: RecordedStack) => stack.all("aws:eks/nodeGroup:NodeGroup");
  const cluster = (stack: RecordedStack) => stack.all("eks:index:Cluster");

  test("takes Applications, AppProjects and namespaces before every controller and all that belongs to it", () => {
    const stack = stacks[name];
    const parts = controllers(stack).flatMap((component) => stack.within(component));
    expect(controllers(stack).map((component) => component.type.split(":")[2])).toEqual([
      "Prometheus",
      "Flagger",
      "Keda",
      "CertManager",
      "Argocd",
    ]);
    expect(parts.filter(({ type }) => /Release$|cert-manager:index/.test(type))).toHaveLength(6);
    const delivered = stack.all("gitops:delivery:Environment").flatMap((component) => stack.within(component));
    goesAfter(stack, parts, delivered);
  });

  test("takes the controllers before the nodes, DNS, storage and the cluster", () => {
    const stack = stacks[name];
    const releases = [
      ...stack.all("kubernetes:helm.sh/v3:Release"),
      ...stack.all("kubernetes-cert-manager:index:CertManager"),
    ];
    const base = [
      ...nodes(stack),
      ...cluster(stack),
      ...stack.all("aws:eks/addon:Addon"),
      ...stack.all("kubernetes:storage.k8s.io/v1:StorageClass"),
      ...stack.all("kubernetes:scheduling.k8s.io/v1:PriorityClass"),
    ];
    goesAfter(stack, base, releases);
  });

  test("takes each release before its namespace, and the issuer before cert-manager", () => {
    const stack = stacks[name];
    for (const component of controllers(stack)) {
      const parts = stack.within(component);
      const releases = parts.filter(({ type }) => /Release$|cert-manager:index/.test(type));
      goesAfter(
        stack,
        parts.filter(({ type }) => type.endsWith(":Namespace")),
        releases,
      );
      const issuers = parts.filter(({ type }) => type.endsWith(":ClusterIssuer"));
      if (issuers.length > 0) goesAfter(stack, releases, issuers);
    }
  });

  test("takes Flagger before the Prometheus that it asks", () => {
    const release = (wanted: string) =>
      stacks[name].all("kubernetes:helm.sh/v3:Release").filter((resource) => resource.name === wanted);
    goesAfter(stacks[name], release("prometheus"), release("flagger"));
  });

  test("takes the nodes and the cluster before the network", () => {
    const stack = stacks[name];
    const network = stack.all("gitops:cluster:Network").flatMap((component) => stack.within(component));
    const needed = network.filter(({ type }) => !/defaultSecurityGroup/.test(type));
    expect(needed.length).toBeGreaterThan(25);
    goesAfter(stack, needed, [...cluster(stack), ...nodes(stack)]);
    goesAfter(stack, cluster(stack), nodes(stack));
  });

  test("takes every object in the cluster before the nodes", () => {
    const stack = stacks[name];
    goesAfter(stack, [...nodes(stack), ...cluster(stack)], stack.all("kubernetes:"));
  });
});
