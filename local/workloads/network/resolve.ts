import type { Container, Service, ServicePort } from "../cluster/objects.ts";
import { programOf } from "../pods/program.ts";
import type { ServingPod } from "../pods/serving-pod.ts";

import type { ServiceName } from "./name.ts";

/** Where a request goes. */
export interface Endpoint {
  /** On 127.0.0.1. */
  readonly port: number;
  /** Undefined for a Service that is no pod's. */
  readonly process: ServingPod | undefined;
}

/** A Service that cannot be reached, in words for the caller. */
export class Unreachable extends Error {
  override readonly name = "Unreachable";
  constructor(
    /** 502: no such thing. 503: it is there and nobody serves it now. */
    readonly status: 502 | 503,
    message: string,
  ) {
    super(message);
  }
}

export interface Network {
  /** By `<namespace>/<name>`. */
  readonly services: ReadonlyMap<string, Service>;
  readonly processes: () => readonly ServingPod[];
}

/**
 * All endpoints of a Service at this moment: the ready pods that its selector means, and nothing that is ending.
 *
 * Asked of the objects themselves and not of EndpointSlices, which say the same a moment later.
 *
 * @throws Unreachable when there is none
 */
export function endpointsOf(network: Network, { namespace, name, port }: ServiceName): readonly Endpoint[] {
  const where = `service "${name}" in namespace "${namespace}"`;
  const service = network.services.get(`${namespace}/${name}`);
  if (service === undefined) throw new Unreachable(502, `${where}: there is no such Service`);
  const asked = service.spec.ports?.find((one) => one.port === port);
  if (asked === undefined) {
    const known = (service.spec.ports ?? []).map((one) => one.port).join(", ");
    throw new Unreachable(502, `${where}: no port ${port}; its ports are ${known || "none"}`);
  }
  if (service.spec.type === "ExternalName") return [external(service, asked, where)];
  const { selector } = service.spec;
  if (selector === undefined || Object.keys(selector).length === 0)
    throw new Unreachable(502, `${where}: it selects no pods, and nothing stands for it on this machine`);
  const selected = network
    .processes()
    .filter(({ pod }) => pod.metadata.namespace === namespace && isSelected(pod.metadata.labels ?? {}, selector));
  const ready = selected.filter(({ serves }) => serves);
  if (ready.length === 0)
    throw new Unreachable(503, `${where}: none of its ${selected.length} pods with a process is ready`);
  const reachable = ready.filter((process) => leadsToProgram(programOf(process.pod), asked));
  if (reachable.length === 0)
    throw new Unreachable(502, `${where}: port ${port} leads to "${asked.targetPort}", which is no port of its pods`);
  return reachable.flatMap((process) => (process.port === undefined ? [] : [{ port: process.port, process }]));
}

/** A program of this machine under the name of a Service. */
function external(service: Service, asked: ServicePort, where: string): Endpoint {
  const port = asked.targetPort ?? asked.port;
  if (service.spec.externalName !== "localhost" || typeof port !== "number")
    throw new Unreachable(502, `${where}: it leads to "${service.spec.externalName}", which is not on this machine`);
  return { port, process: undefined };
}

/** Whether labels have all that a selector asks for. */
export function isSelected(
  labels: Readonly<Record<string, string>>,
  selector: Readonly<Record<string, string>>,
): boolean {
  return Object.entries(selector).every(([key, value]) => labels[key] === value);
}

/** A program has one port here, HTTP: the first of its container, under its name or number. */
function leadsToProgram(container: Container | undefined, asked: ServicePort): boolean {
  const target = asked.targetPort ?? asked.port;
  const http = container?.ports?.[0];
  return http !== undefined && (target === http.name || target === http.containerPort);
}
