import { cis, pci } from "../model/framework.ts";
import { namespaceOf, spec } from "../model/kubernetes-object.ts";
import { objectPolicy } from "../model/object-policy.ts";
import { quote, text } from "../model/values.ts";

import { isKustomization, strangeReferences } from "./objects.ts";

/** What an AppProject says of an Application; the API server refuses it too, but only after the deployment. */
export const fluxKustomizationBounded = objectPolicy({
  name: "flux-kustomization-bounded",
  description: "A Kustomization acts as an account that is named, and within its own namespace.",
  severity: "high",
  remediation:
    "name the account of the environment in spec.serviceAccountName, and the Kustomization's own namespace everywhere",
  references: [cis("4.5.1"), pci("7.2.2")],
  judgeObject: (object) => {
    if (!isKustomization(object)) return [];
    const { serviceAccountName, targetNamespace, kubeConfig } = spec(object);
    const account = text(serviceAccountName);
    return [
      ...(account === undefined || account === "default" ? [`serviceAccountName is ${quote(serviceAccountName)}`] : []),
      ...(text(targetNamespace) === namespaceOf(object) ? [] : [`targetNamespace is ${quote(targetNamespace)}`]),
      ...(kubeConfig === undefined ? [] : ["kubeConfig names another cluster"]),
      ...strangeReferences(object),
    ];
  },
});
