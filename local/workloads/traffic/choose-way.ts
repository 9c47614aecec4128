import type { HttpRoute, Service } from "../cluster/objects.ts";
import { RoundRobin, Unreachable, endpointsOf } from "../network/index.ts";
import type { Endpoint, Network } from "../network/index.ts";
import type { ServingPod } from "../pods/serving-pod.ts";

import { chooseBackend, ruleFor } from "./route.ts";
import type { UserRequest } from "./route.ts";
import type { Role } from "./tally.ts";

/** The label by which a pod says whose it is; Flagger leaves it alone. */
export const applicationLabel = "gitops.platform/application";
/** The label that Flagger changes in its primary. */
const nameLabel = "app.kubernetes.io/name";

/** Where a user's request goes, or how it ends at the gateway. */
export type Way =
  | { readonly service: string; readonly endpoint: Endpoint; readonly role: Role }
  | { readonly service: string; readonly status: number };

/** What users see of the cluster: its network and, where a gateway stands before it, the routes. */
export interface Edge extends Network {
  /** By `<namespace>/<name>`. */
  readonly routes: ReadonlyMap<string, HttpRoute>;
}

/**
 * Chooses where a request of a user goes: by the HTTPRoute of the application's name when there is one (Flagger makes
 * it for weighted and A/B releases), else to the Service of that name.
 */
export class Ways {
  private readonly turns = new RoundRobin();

  constructor(private readonly edge: Edge) {}

  /** @param random from 0 to below 1, for the weights */
  choose(namespace: string, application: string, request: UserRequest, random: number): Way {
    const route = this.edge.routes.get(`${namespace}/${application}`);
    if (route === undefined) return this.enter(namespace, application, application, undefined);
    const rule = ruleFor(route, request);
    // What a gateway answers where no rule, or no backend, takes the request.
    if (rule === undefined) return { service: application, status: 404 };
    const backend = chooseBackend(rule, random);
    if (backend === undefined) return { service: application, status: 500 };
    return this.enter(backend.namespace ?? namespace, application, backend.name, backend.port);
  }

  private enter(namespace: string, application: string, service: string, port: number | undefined): Way {
    const known = this.edge.services.get(`${namespace}/${service}`);
    try {
      const name = { namespace, name: service, port: port ?? known?.spec.ports?.[0]?.port ?? 80 };
      const endpoint = this.turns.next(`${namespace}/${service}`, endpointsOf(this.edge, name));
      return { service, endpoint, role: roleOf(endpoint.process, application, this.edge.services) };
    } catch (error) {
      if (error instanceof Unreachable) return { service, status: 503 };
      throw error;
    }
  }
}

/** The part that a pod plays in the release of its application. */
export function roleOf(
  process: ServingPod | undefined,
  application: string,
  services: ReadonlyMap<string, Service>,
): Role {
  if (process === undefined) return "nobody";
  const { namespace, labels = {} } = process.pod.metadata;
  if (labels[nameLabel] === `${application}-primary`) return "primary";
  return services.has(`${namespace}/${application}-primary`) ? "canary" : "stable";
}
