import { parseEvent } from "../../../cli/recovery/index.ts";
import type { RecoveryEvent } from "../../../cli/recovery/index.ts";

/** What Argo CD posts. */
export const body = (more: Readonly<Record<string, unknown>> = {}): object => ({
  event_type: "argocd-application",
  client_payload: {
    event: {
      version: 1,
      kind: "degraded",
      name: "app-dev",
      application: "app",
      environment: "dev",
      repository: "file:///platform.git",
      branch: "develop",
      path: "apps/app/overlays/dev",
      revision: "0123456789012345678901234567890123456789",
      ...more,
    },
  },
});

export const report = (more: Readonly<Record<string, unknown>> = {}): RecoveryEvent => parseEvent(body(more));
