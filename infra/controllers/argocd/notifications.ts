import { stringify } from "yaml";

import { annotations, labels } from "../../labels.ts";

/**
 * What Argo CD tells, and to whom: the data of argocd-notifications-cm, the same in a cloud and on one machine but for
 * the address. Syntax: docs/operator-manual/notifications of argoproj/argo-cd v3.5.7; templates are Go's text/template
 * with the functions of sprig (pkg/services/webhook.go and pkg/templates/service.go of argoproj/notifications-engine).
 */
export interface Notifications {
  readonly notifiers: Readonly<Record<string, string>>;
  readonly templates: Readonly<Record<string, string>>;
  readonly triggers: Readonly<Record<string, string>>;
  readonly subscriptions: readonly {
    readonly recipients: readonly string[];
    readonly triggers: readonly string[];
    /** Of labels. */
    readonly selector: string;
  }[];
}

/** Name of the service, and with it of the recipient. */
const service = "on-failure";

/** Type of the event as `repository_dispatch` of a workflow names it. */
export const dispatchType = "argocd-application";

/** The Secret that Argo CD's notifications read, and the key of the token in it. */
export const notificationsSecret = { name: "argocd-notifications-secret", key: "on-failure-token" } as const;

/** Longest text of Argo CD's in a report; the API takes 10 top-level fields and 64 KB. */
const messageLength = 1500;

/** What a report is about: the end of a sync, or what the Application became after it. */
type Kind = "synced" | "degraded" | "healthy";

/** Triggers, and templates of the same names. Of a sync there is one report; what follows from it may come later. */
const names: Readonly<Record<Kind, string>> = {
  synced: "on-deployed",
  degraded: `${service}-degraded`,
  healthy: `${service}-healthy`,
};

const value = (path: readonly string[], otherwise = '""'): string =>
  `(dig ${path.map((part) => JSON.stringify(part)).join(" ")} ${otherwise} .app)`;

const operation = ["status", "operationState"];

const fields = (kind: Kind): Readonly<Record<string, string>> => ({
  version: "1",
  kind: JSON.stringify(kind),
  name: value(["metadata", "name"]),
  application: value(["metadata", "labels", labels.application]),
  environment: value(["metadata", "labels", labels.environment]),
  project: value(["spec", "project"]),
  repository: value(["spec", "source", "repoURL"]),
  branch: value(["spec", "source", "targetRevision"]),
  path: value(["spec", "source", "path"]),
  revision: value(["status", "operationState", "syncResult", "revision"]),
  onFailure: value(["metadata", "annotations", annotations.onFailure]),
  degradeFlag: value(["metadata", "annotations", annotations.degradeFlag]),
  message: `($message | trunc ${messageLength})`,
  startedAt: value(["status", "operationState", "startedAt"]),
  finishedAt: value(["status", "operationState", "finishedAt"]),
  since: value(["status", "health", "lastTransitionTime"]),
  deployed: "$deployed",
  ...(kind === "synced"
    ? {
        phase: value([...operation, "phase"]),
        initiatedBy: value([...operation, "operation", "initiatedBy", "username"]),
        automated: value([...operation, "operation", "initiatedBy", "automated"], "false"),
      }
    : {}),
  link: '(printf "%s/applications/%s" .context.argocdUrl .app.metadata.name)',
});

/** The body of GitHub's request "Create a repository dispatch event". `toJson` quotes whatever is in the values. */
function body(kind: Kind): string {
  const pairs = Object.entries(fields(kind)).map(([name, expression]) => `${JSON.stringify(name)} ${expression}`);
  return [
    "{{- $deployed := list }}",
    `{{- range ${value(["status", "history"], "list")} }}{{ $deployed = append $deployed .revision }}{{ end }}`,
    `{{- $message := ${value(["status", "operationState", "message"])} }}`,
    `{{- range ${value(["status", "conditions"], "list")} }}`,
    '{{- $message = printf "%s; %s: %s" $message .type .message }}{{ end }}',
    `{{- $event := dict ${pairs.join(" ")} }}`,
    `{{- dict "event_type" "${dispatchType}" "client_payload" (dict "event" $event) | toJson }}`,
  ].join("");
}

/**
 * Only what the health became after the sync began is about its revision: until Flagger looks at a new release, the
 * Canary of the release before is still Failed, and a correction would be reported as broken, or a broken one as healthy.
 */
const since = [
  "app.status?.operationState?.startedAt != nil",
  "app.status?.health?.lastTransitionTime != nil",
  "!time.Parse(app.status.health.lastTransitionTime).Before(time.Parse(app.status.operationState.startedAt))",
];

/** Several applications share a repository: `status.sync.revision` would be another one with every commit for others. */
const oncePer = "app.status?.operationState?.syncResult?.revision";

/**
 * Seconds that a health must have lasted. The controller looks at every Application again each minute (resyncPeriod in
 * notification_controller/controller.go), so a report comes up to a minute after that.
 */
export interface Patience {
  /** Default 30: a ScaledObject is Degraded for some seconds, until its Deployment is there. */
  readonly degraded: number;
  /** Default 90: until Flagger looks, once an interval of the analysis (1m), a new release seems Healthy. */
  readonly healthy: number;
}

const defaultPatience: Patience = { degraded: 30, healthy: 90 };

const lasted = (seconds: number): string =>
  `time.Now().Sub(time.Parse(app.status.health.lastTransitionTime)).Seconds() >= ${seconds}`;

function trigger(kind: Kind, conditions: readonly string[], description: string, once = oncePer): string {
  const entry = { when: conditions.join(" and "), oncePer: once, send: [names[kind]], description };
  return stringify([entry], { lineWidth: 0 });
}

/** @param url where reports are posted, with the token of the Secret */
export function notifications(url: string, patience = defaultPatience): Notifications {
  return {
    notifiers: {
      [`service.webhook.${service}`]: stringify({
        url,
        headers: [
          { name: "Authorization", value: `Bearer $${notificationsSecret.key}` },
          { name: "Accept", value: "application/vnd.github+json" },
          { name: "Content-Type", value: "application/json" },
        ],
      }),
    },
    templates: Object.fromEntries(
      (Object.keys(names) as Kind[]).map((kind) => [
        `template.${names[kind]}`,
        stringify({ webhook: { [service]: { method: "POST", body: body(kind) } } }, { lineWidth: 0 }),
      ]),
    ),
    triggers: {
      // Also one that failed; while it is tried again, the phase is Running.
      [`trigger.${names.synced}`]: trigger(
        "synced",
        [
          "app.status?.operationState?.phase in ['Succeeded', 'Failed', 'Error']",
          "app.status?.operationState?.finishedAt != nil",
          "app.status?.operationState?.syncResult?.revision != nil",
        ],
        "A sync has ended. Once an operation, of which a revision may have several.",
        "app.status?.operationState?.startedAt",
      ),
      // A Canary that failed makes its Application Degraded, minutes after the sync (health-checks.ts).
      [`trigger.${names.degraded}`]: trigger(
        "degraded",
        ["app.status?.health?.status == 'Degraded'", ...since, lasted(patience.degraded)],
        "The application became Degraded after a sync. Once a revision.",
      ),
      [`trigger.${names.healthy}`]: trigger(
        "healthy",
        [
          "app.status?.health?.status == 'Healthy'",
          "app.status?.operationState?.phase in ['Succeeded']",
          ...since,
          lasted(patience.healthy),
        ],
        "The application became Healthy after a sync. Once a revision.",
      ),
    },
    // Every application of an environment: what follows is up to its annotations. Nothing follows in a preview.
    subscriptions: [
      {
        recipients: [service],
        triggers: Object.values(names),
        selector: labels.environment,
      },
    ],
  };
}

/** The same as one ConfigMap's data, as the chart composes it. */
export function notificationsData(settings: Notifications, argocdUrl: string): Record<string, string> {
  return {
    context: stringify({ argocdUrl }),
    ...settings.notifiers,
    ...settings.templates,
    ...settings.triggers,
    subscriptions: stringify(settings.subscriptions),
  };
}

/**
 * Where GitHub starts workflows from outside: POST /repos/{owner}/{repo}/dispatches (github/docs, "REST API endpoints
 * for repositories"); an Enterprise Server has its API under /api/v3 ("Getting started with the REST API").
 * @returns undefined when the repository is not one of GitHub's kind
 */
export function dispatchAddress(repository: string): string | undefined {
  const match = /^(?:https:\/\/|ssh:\/\/git@|git@)([^/:@]+)[/:]([\w.-]+)\/([\w.-]+?)(?:\.git)?\/?$/.exec(repository);
  if (match === null) return undefined;
  const [, host = "", owner = "", name = ""] = match;
  const api = host === "github.com" ? "https://api.github.com" : `https://${host}/api/v3`;
  return `${api}/repos/${owner}/${name}/dispatches`;
}
