import type { Recorded } from "../plan/recorder/entry.ts";

import type { Declared } from "./model.ts";

/** The objects of a recorded stack, by the names that they have in the cluster. */
export function declaredBy({ resources }: Recorded["recording"]): Declared {
  const objects = resources.flatMap(({ type, inputs }) => {
    const { apiVersion, kind } = inputs;
    const metadata = inputs["metadata"] as { readonly name?: unknown; readonly namespace?: unknown } | undefined;
    if (typeof apiVersion !== "string" || typeof kind !== "string" || typeof metadata?.name !== "string") return [];
    // A patch is of an object that is there.
    if (type.endsWith("Patch")) return [];
    const namespace = typeof metadata.namespace === "string" ? metadata.namespace : undefined;
    return [{ apiVersion, kind, namespace, name: metadata.name }];
  });
  return {
    objects,
    // infra/controllers/argocd/default-project.ts
    neutralises: resources.some(({ name }) => name === "argocd-default-project"),
    charts: resources.flatMap(({ type, inputs }) => {
      if (type === "kubernetes-cert-manager:index:CertManager") return ["cert-manager"];
      // A chart of a registry is named by its address (infra/controllers/chart-release.ts).
      return type === "kubernetes:helm.sh/v3:Release" ? [String(inputs["chart"]).split("/").at(-1) ?? ""] : [];
    }),
  };
}
