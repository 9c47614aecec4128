import type { CiSource, TektonConfig } from "../../config/ci.ts";
import type { CustomObject } from "../../crds/tekton.ts";
import type { Environment } from "../../environments.ts";

import { ciNamespaces, object, releaseName } from "./names.ts";
import { pipelineRun, triggerParams } from "./run.ts";

export interface TriggersArgs {
  readonly config: TektonConfig;
  /** Repository that the releases are written to. */
  readonly platform: string;
  /** Branch of each environment. */
  readonly branches: Readonly<Record<Environment, string>>;
}

/** What a push event says. */
export function triggerBinding(): CustomObject {
  const params = [
    { name: "source", value: "$(body.repository.clone_url)" },
    { name: "commit", value: "$(body.after)" },
  ];
  return object("triggers", "TriggerBinding", ciNamespaces.webhooks, releaseName, { params });
}

export function triggerTemplate({ config, platform }: TriggersArgs): CustomObject {
  return object("triggers", "TriggerTemplate", ciNamespaces.webhooks, releaseName, {
    params: triggerParams.map((name) => ({ name })),
    resourcetemplates: [pipelineRun(config, platform)],
  });
}

/**
 * A push of one source: its signature first (GitHub's interceptor checks the HMAC with the Secret, and refuses other
 * events), then its repository, branch and commit. A deleted branch has a commit of zeros.
 */
export function trigger(source: CiSource, { config, branches }: TriggersArgs): CustomObject {
  const { webhook, webhookKey } = config.secrets;
  const filter = [
    `body.repository.clone_url == ${cel(source.repository)}`,
    `body.ref == ${cel(`refs/heads/${source.branch}`)}`,
    "body.deleted == false",
    "body.after.matches('^[0-9a-f]{40}$')",
  ].join(" && ");
  return object("triggers", "Trigger", ciNamespaces.webhooks, triggerName(source), {
    interceptors: [
      {
        name: "signature",
        ref: { kind: "ClusterInterceptor", name: "github" },
        params: [
          { name: "secretRef", value: { secretName: webhook, secretKey: webhookKey } },
          { name: "eventTypes", value: ["push"] },
        ],
      },
      {
        name: "branch",
        ref: { kind: "ClusterInterceptor", name: "cel" },
        params: [{ name: "filter", value: filter }],
      },
    ],
    bindings: [
      { kind: "TriggerBinding", ref: releaseName },
      { name: "application", value: source.application },
      { name: "context", value: source.context },
      { name: "branch", value: branches[source.environment] },
    ],
    template: { ref: releaseName },
  });
}

/** Of one source: an application has one in each environment. */
export function triggerName({ application, environment }: Pick<CiSource, "application" | "environment">): string {
  return `${application}-${environment}`;
}

/** A string literal of the Common Expression Language: JSON's escapes are among its own. */
function cel(text: string): string {
  return JSON.stringify(text);
}
