/** Which Service a caller means. */
export interface ServiceName {
  readonly namespace: string;
  readonly name: string;
  readonly port: number;
}

const label = /^[a-z0-9]([a-z0-9-]*[a-z0-9])?$/;

/**
 * Understands a name as the DNS of a cluster does ("DNS for Services and Pods" in the Kubernetes documentation):
 * `<service>`, `<service>.<namespace>`, `<service>.<namespace>.svc`, `<service>.<namespace>.svc.cluster.local`.
 *
 * @param host without a port
 * @param port that was asked for; 80 when none was
 * @param caller the namespace of the caller, for short names; undefined when it did not say
 * @throws Error that says which names are possible
 */
export function serviceName(host: string, port: number, caller: string | undefined): ServiceName {
  const [name = "", namespace = caller, ...rest] = host.toLowerCase().replace(/\.$/, "").split(".");
  const suffix = rest.join(".");
  if (
    !label.test(name) ||
    !label.test(namespace ?? "x") ||
    !["", "svc", "svc.cluster", "svc.cluster.local"].includes(suffix)
  ) {
    throw new Error(
      `host "${host}": not the name of a Service; this proxy leads to <service>[.<namespace>[.svc[.cluster.local]]] alone`,
    );
  }
  if (namespace === undefined) {
    throw new Error(
      `host "${host}": a name without a namespace, and the caller did not say its own; ` +
        `use "${name}.<namespace>", or give the namespace as the user of the proxy's URL`,
    );
  }
  return { namespace, name, port };
}
