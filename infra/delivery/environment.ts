import type { DeliveryOverrides, FailureResponse, SyncStrategy } from "../config/delivery.ts";
import { environments } from "../environments.ts";
import type { Environment, Quota, SyncMode } from "../environments.ts";

import type { Deployment } from "./discovery.ts";

/** One Application of Argo CD. */
export interface DeliveryApplication {
  /** Name of the Application: `<application>-<environment>`. */
  readonly name: string;
  readonly application: string;
  readonly path: string;
  readonly sync: SyncStrategy;
  /** What follows a failed release; the notifications of Argo CD carry it to the receiver. */
  readonly onFailure: FailureResponse;
  /** Whether the overlay brings feature flags, in the ConfigMap `<application>-flags`. */
  readonly flags: boolean;
}

/** One environment with the stack's differences applied. */
export interface DeliveryEnvironment {
  /** Also the name of its AppProject. */
  readonly name: Environment;
  readonly branch: string;
  readonly namespace: string;
  /** Name in Argo CD of the cluster of another stack that it lives in. Default: the cluster of this stack. */
  readonly remoteCluster?: string;
  /** Whether nobody approves what they wrote themselves. */
  readonly fourEyes: boolean;
  readonly quota: Quota;
  readonly applications: readonly DeliveryApplication[];
}

const strategies: Readonly<Record<SyncMode, SyncStrategy>> = {
  automatic: { kind: "continuous" },
  manual: { kind: "manual" },
};

/** The environments that a stack serves, each with its applications and the stack's differences applied. */
export function deliveryEnvironments(
  served: readonly Environment[],
  overrides: DeliveryOverrides,
  deployments: readonly Deployment[],
): readonly DeliveryEnvironment[] {
  return served.map((name) => {
    const profile = environments[name];
    const override = overrides[name];
    return {
      name,
      branch: override?.branch ?? profile.branch,
      namespace: override?.namespace ?? profile.namespace,
      fourEyes: override?.fourEyes ?? profile.fourEyes,
      quota: override?.quota ?? profile.quota,
      applications: deployments
        .filter((deployment) => deployment.environment === name)
        .map(({ application, path, sync, onFailure, flags }) => ({
          name: `${application}-${name}`,
          application,
          path,
          sync: sync ?? strategies[override?.sync ?? profile.sync],
          onFailure,
          flags,
        })),
    };
  });
}
