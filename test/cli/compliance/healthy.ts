import { admissionBinding, admissionPolicy } from "../../../infra/compliance/admission/objects.ts";
import { admissionRules } from "../../../infra/compliance/admission/rules/index.ts";
import { namespaceObjects } from "../../../infra/delivery/namespace-objects.ts";
import { rbacObjects } from "../../../infra/delivery/rbac-objects.ts";
import { environments } from "../../../infra/environments.ts";
import type { JsonObject, KubernetesServer } from "../cluster/kubernetes-server.ts";

export const admissionPath = "/apis/admissionregistration.k8s.io/v1";
export const networkPath = "/apis/networking.k8s.io/v1/namespaces/prod/networkpolicies";
export const corePath = "/api/v1/namespaces/prod";
const rbacPath = "/apis/rbac.authorization.k8s.io/v1";

/** With what only the API server gives; lists do not say what their items are. */
const stored = (object: object): JsonObject => {
  const { metadata, apiVersion: _, kind: __, ...rest } = object as { metadata: object } & JsonObject;
  return { ...rest, metadata: { ...metadata, resourceVersion: "7" } };
};
export const list = (...objects: readonly object[]) => ({ items: objects.map(stored) });

/** A pod as the platform's own. */
export function pod(image = "registry.example/app:1.0.0"): object {
  return {
    metadata: { name: "app-1", namespace: "prod" },
    spec: {
      serviceAccountName: "app",
      securityContext: { runAsNonRoot: true },
      containers: [
        {
          name: "app",
          image,
          resources: { requests: { cpu: "1m", memory: "1Mi" }, limits: { memory: "1Mi" } },
          securityContext: { allowPrivilegeEscalation: false, capabilities: { drop: ["ALL"] } },
        },
      ],
    },
    status: { phase: "Running" },
  };
}

/** A cluster that serves prod alone, where every control holds. */
export function healthy(server: KubernetesServer): void {
  const objects = namespaceObjects({ name: "prod", namespace: "prod", quota: environments.prod.quota });
  const groups = { viewer: ["v"], deployer: ["d"], admin: ["a"] };
  const { roles, bindings } = rbacObjects({ name: "prod", namespace: "prod" }, groups);
  const answers: Readonly<Record<string, unknown>> = {
    "/version": { minor: "36" },
    "/api/v1/namespaces": list(objects.namespace),
    [corePath]: { ...stored(objects.namespace), apiVersion: "v1", kind: "Namespace" },
    [networkPath]: list(objects.defaultDeny),
    [`${corePath}/resourcequotas`]: list(objects.quota),
    [`${corePath}/limitranges`]: list(objects.limits),
    [`${corePath}/serviceaccounts`]: list(objects.defaultAccount),
    [`${corePath}/pods`]: list(pod()),
    [`${rbacPath}/namespaces/prod/roles`]: list(...roles),
    [`${rbacPath}/namespaces/prod/rolebindings`]: list(...bindings),
    [`${rbacPath}/clusterrolebindings`]: list(),
    [`${admissionPath}/validatingadmissionpolicies`]: list(...admissionRules.map(admissionPolicy)),
    [`${admissionPath}/validatingadmissionpolicybindings`]: list(
      ...admissionRules.map((rule) => admissionBinding(rule, "deny", ["prod"])),
    ),
  };
  for (const [path, answer] of Object.entries(answers)) server.answers.set(path, answer);
}

/** As the API server refuses. @param rule whose policy refuses it, without the prefix `gitops-` */
export function refusal(rule: string): readonly [number, JsonObject] {
  const message = `x is forbidden: ValidatingAdmissionPolicy 'gitops-${rule}' with binding 'b' denied request: no`;
  return [422, { kind: "Status", status: "Failure", reason: "Invalid", message }];
}
