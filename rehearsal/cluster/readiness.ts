import { RehearsalError } from "../errors.ts";

import type { ClusterApi } from "./api.ts";
import { describeObject, groupOf, type KubernetesObject, type ObjectIdentity } from "./kubernetes-object.ts";
import { waitFor, type WaitOptions } from "./wait.ts";

interface Condition {
  readonly type: string;
  readonly status: string;
  readonly message?: string;
}

/** What others can do with an object only later than its creation; everything else is ready at once. */
const readyWhen: Readonly<Record<string, (object: KubernetesObject) => boolean>> = {
  "/Namespace": ({ status }) => (status as { readonly phase?: string } | undefined)?.phase === "Active",
  // Its token and the certificate of the authority are what it is made for; a controller fills them in.
  "/Secret": ({ type, data }) => type !== "kubernetes.io/service-account-token" || Object.hasOwn(data ?? {}, "token"),
  "apiextensions.k8s.io/CustomResourceDefinition": ({ status }) => holds(status, "Established"),
};

/** Waits until what depends on an object can be created. @throws RehearsalError when that takes too long. */
export async function awaitReady(
  api: ClusterApi,
  identity: ObjectIdentity,
  applied: KubernetesObject,
  options: WaitOptions,
): Promise<KubernetesObject> {
  // The Kubernetes provider's own switch (pulumi/pulumi-kubernetes, provider/pkg/metadata/overrides.go).
  const skipped = applied.metadata.annotations?.["pulumi.com/skipAwait"] === "true";
  const isReady = readyWhen[`${groupOf(identity.apiVersion)}/${identity.kind}`];
  if (skipped || isReady === undefined || isReady(applied)) return applied;
  let last = applied;
  const ready = await waitFor(async () => {
    last = (await api.read(identity)) ?? last;
    return isReady(last) ? last : undefined;
  }, options);
  if (ready !== undefined) return ready;
  const seconds = options.timeout / 1000;
  const status = JSON.stringify(last["status"] ?? {});
  throw new RehearsalError(`${describeObject(identity)} is not ready after ${seconds} s; its status: ${status}`);
}

function holds(status: unknown, type: string): boolean {
  const { conditions } = (status ?? {}) as { readonly conditions?: readonly Condition[] | null };
  return (conditions ?? []).some((condition) => condition.type === type && condition.status === "True");
}
