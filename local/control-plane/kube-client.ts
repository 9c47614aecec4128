import { KubeConfig } from "@kubernetes/client-node";

import type { Layout } from "../layout.ts";

/** The administrator's access to a started platform, for @kubernetes/client-node. */
export function administratorConfig(layout: Layout): KubeConfig {
  const config = new KubeConfig();
  config.loadFromFile(layout.kubeconfig);
  return config;
}
