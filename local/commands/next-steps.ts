import { relative } from "node:path";

import { passwordFile } from "../argocd/index.ts";
import type { Layout } from "../layout.ts";

/** Where people look. */
interface Addresses {
  /** Undefined where Flux delivers. */
  readonly argocdServer: string | undefined;
  readonly prometheus: string;
}

/** How to look further, with paths as short as they can be typed from here. */
export function nextSteps(layout: Layout, { argocdServer, prometheus }: Addresses): string {
  const path = (file: string) => relative(process.cwd(), file) || ".";
  const bin = path(layout.bin);
  return [
    `kubeconfig    ${path(layout.kubeconfig)}`,
    `kubectl       ${bin}/kubectl get pods --namespace dev`,
    ...(argocdServer === undefined
      ? [`Flux          ${bin}/kubectl get gitrepositories,kustomizations.kustomize.toolkit.fluxcd.io --all-namespaces`]
      : [
          `argocd        ${bin}/argocd app list        (accounts viewer, deployer, administrator: --argocd-context)`,
          `Argo CD API   ${argocdServer}        (passwords: ${path(passwordFile(layout, "<account>"))})`,
        ]),
    `Prometheus    ${prometheus}`,
    `deploy        git push local HEAD:develop`,
    `approve       npx gitops approve app --env staging --local`,
    `page          npx gitops dashboard --local --open`,
    `table         npm run status`,
    `logs          ${path(layout.logs)}/`,
    `stop          npm stop        (npm stop -- --purge also deletes the data)`,
  ].join("\n");
}
