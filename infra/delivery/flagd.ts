import { Deployment } from "@pulumi/kubernetes/apps/v1/deployment.js";
import { Service } from "@pulumi/kubernetes/core/v1/service.js";
import { ServiceAccount } from "@pulumi/kubernetes/core/v1/serviceAccount.js";
import { NetworkPolicy } from "@pulumi/kubernetes/networking/v1/networkPolicy.js";
import type { CustomResourceOptions } from "@pulumi/pulumi/resource.js";

import { environments } from "../environments.ts";
import { labels } from "../labels.ts";

import type { DeliveryEnvironment } from "./environment.ts";
import { flagdPod } from "./flagd-pod.ts";

/** Name of the Service: applications evaluate their flags at `http://flagd:8016`. */
export const flagdName = "flagd";

/** flagd's port for OFREP, the protocol of OpenFeature (open-feature/flagd, docs/reference/flagd-cli/flagd_start.md). */
export const ofrepPort = 8016;

/**
 * flagd for the applications of an environment that have flags; nothing where none has.
 *
 * One for each namespace, and the platform's: several applications share it, and a pod that only reads files which
 * Argo CD delivers needs no rights in the cluster. In a pod of the application the flags would be part of what Flagger
 * releases, and each change of a flag a release.
 */
export function createFlagd(environment: DeliveryEnvironment, options: CustomResourceOptions): void {
  const flagged = environment.applications.filter(({ flags }) => flags).map(({ application }) => application);
  if (flagged.length === 0) return;
  const { name, namespace } = environment;
  const selector = { "app.kubernetes.io/name": flagdName };
  const metadata = { name: flagdName, namespace, labels: { ...selector, [labels.environment]: name } };
  const resource = `${name}-${flagdName}`;
  const account = new ServiceAccount(resource, { metadata, automountServiceAccountToken: false }, options);
  new NetworkPolicy(resource, { metadata, spec: networkPolicy(selector) }, options);
  new Service(
    resource,
    {
      // Both wait for the ConfigMaps of the applications, which Argo CD brings after this program is done.
      metadata: { ...metadata, annotations: skipAwait },
      spec: { selector, ports: [{ name: "ofrep", port: ofrepPort, targetPort: "ofrep", protocol: "TCP" }] },
    },
    options,
  );
  new Deployment(
    resource,
    {
      metadata: { ...metadata, annotations: skipAwait },
      spec: {
        replicas: environments[name].cluster.highAvailability ? 2 : 1,
        selector: { matchLabels: selector },
        template: { metadata: { labels: selector }, spec: flagdPod(flagged, flagdName, ofrepPort) },
      },
    },
    { ...options, dependsOn: [options.dependsOn ?? [], account].flat() as ServiceAccount[] },
  );
}

const skipAwait = { "pulumi.com/skipAwait": "true" };

/** Pods of applications may ask; flagd itself has nobody to call. */
function networkPolicy(selector: Record<string, string>) {
  return {
    podSelector: { matchLabels: selector },
    policyTypes: ["Ingress", "Egress"],
    ingress: [
      {
        from: [{ podSelector: { matchExpressions: [{ key: labels.application, operator: "Exists" }] } }],
        ports: [{ protocol: "TCP", port: ofrepPort }],
      },
    ],
    egress: [],
  };
}
