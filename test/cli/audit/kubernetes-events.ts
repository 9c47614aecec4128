/** A line as kube-apiserver writes it (copied from a local platform, with other values). */
export function event(of: {
  readonly user?: string;
  readonly verb?: string;
  readonly resource?: string;
  readonly group?: string;
  readonly namespace?: string;
  readonly name?: string;
  readonly code?: number;
  readonly time?: string;
  readonly manager?: string;
  readonly stage?: string;
  readonly id?: string;
}): Readonly<Record<string, unknown>> {
  const { user = "ann", verb = "get", resource = "secrets", group, namespace = "prod", name = "db", code = 200 } = of;
  const time = of.time ?? "2026-03-02T10:01:00.123456Z";
  const forbidden = code === 403;
  return {
    kind: "Event",
    apiVersion: "audit.k8s.io/v1",
    level: "Metadata",
    auditID: of.id ?? "43799b01-7b8b-47be-b296-191226cba511",
    stage: of.stage ?? "ResponseComplete",
    requestURI: `/api/v1/namespaces/${namespace}/${resource}/${name}${of.manager ? `?fieldManager=${of.manager}&force=true` : ""}`,
    verb,
    user: { username: user, groups: ["system:authenticated"], extra: { "authentication.kubernetes.io/x": ["y"] } },
    sourceIPs: ["127.0.0.1"],
    userAgent: "kubectl/v1.37.0",
    objectRef: { resource, namespace, name, apiVersion: "v1", ...(group === undefined ? {} : { apiGroup: group }) },
    responseStatus: {
      metadata: {},
      code,
      ...(forbidden ? { status: "Failure", message: `${resource} "${name}" is forbidden`, reason: "Forbidden" } : {}),
    },
    requestReceivedTimestamp: time,
    stageTimestamp: time,
    annotations: { "authorization.k8s.io/decision": forbidden ? "forbid" : "allow", "authorization.k8s.io/reason": "" },
  };
}
