import { join } from "node:path";

import { jest } from "@jest/globals";

import { createCluster } from "../../../infra/cluster/index.ts";
import type { PlatformCluster } from "../../../infra/cluster/index.ts";
import { clusterSchema } from "../../../infra/config/cluster.ts";
import { stackProfile } from "../../../infra/environments.ts";
import type { Environment } from "../../../infra/environments.ts";
import { record } from "../../../rehearsal/index.ts";
import type { RecordedResource, Recording } from "../../../rehearsal/index.ts";

// A recording takes a second alone, and several where the machine is busy with other tests.
jest.setTimeout(120_000);

export const eks = {
  kind: "eks",
  region: "eu-central-1",
  zones: ["eu-central-1a", "eu-central-1b", "eu-central-1c"],
  endpoint: { publicCidrs: ["198.51.100.0/24"] },
} as const;

export const tags = { "gitops:environment": "test", "owner": "team-a" };

const recorded = new Map<string, Promise<Plan>>();

/** As `recordCluster`, once for each configuration and environment. */
export function planOf(config: object, environment: Environment = "dev"): Promise<Plan> {
  const key = JSON.stringify([config, environment]);
  const plan = recorded.get(key) ?? recordCluster(config, environment);
  recorded.set(key, plan);
  return plan;
}

/** What the cluster part declares for a configuration, as `pulumi up` would see it. */
export async function recordCluster(
  config: object,
  environment: Environment = "dev",
  extra: (cluster: PlatformCluster) => void = () => undefined,
): Promise<Plan> {
  const recording = await record({
    stack: environment,
    project: join(import.meta.dirname, "project"),
    stackFile: false,
    // Not a preview: there the kubeconfig is unknown, and whether an unknown is secret cannot be seen.
    preview: false,
    outputs: ({ type, name }) => ({
      ...madeByAws(name),
      ...(type === "eks:index:Cluster" ? { kubeconfigJson: "{}" } : {}),
    }),
    program: () => {
      const profile = stackProfile([environment]);
      const cluster = createCluster(`gitops-${environment}`, clusterSchema.parse(config), profile, { tags });
      extra(cluster);
      return { name: cluster.name, kubeconfig: cluster.kubeconfig };
    },
  });
  return new Plan(recording);
}

/** Outputs that the cloud makes and others take as inputs. */
const madeByAws = (name: string) => ({
  arn: `arn:${name}`,
  keyId: `key-${name}`,
  allocationId: `eip-${name}`,
  latestVersion: 7,
});

/** A recording with the questions that the tests ask. */
export class Plan {
  readonly recording: Recording;

  constructor(recording: Recording) {
    this.recording = recording;
  }

  all(type: string): RecordedResource[] {
    return this.recording.resources.filter((resource) => resource.type === type);
  }

  /** The one resource of a type, or of a type and name. */
  one(type: string, name?: string): RecordedResource {
    const found = this.all(type).filter((resource) => name === undefined || resource.name === name);
    if (found.length !== 1 || found[0] === undefined) {
      throw new Error(`${found.length} resources of type ${type} named ${name ?? "anything"}`);
    }
    return found[0];
  }

  /** Whether the engine makes `first` before `then`, and deletes it after. */
  isBefore(first: RecordedResource, then: RecordedResource): boolean {
    return this.before(then).has(first.urn);
  }

  /** Everything that a resource waits for: dependencies, providers, and the parents that hold them, transitively. */
  private before(resource: RecordedResource, seen = new Set<string>()): Set<string> {
    const providers = [resource.provider, ...Object.values(resource.providers)].map((reference) =>
      reference?.slice(0, reference.lastIndexOf("::")),
    );
    for (const urn of [...resource.dependencies, ...providers, resource.parent]) {
      if (urn === undefined || seen.has(urn)) continue;
      seen.add(urn);
      const next = this.recording.resources.find((candidate) => candidate.urn === urn);
      if (next !== undefined) this.before(next, seen);
    }
    return seen;
  }
}
