/** Secret keys; `Pulumi.yaml` declares each with an empty default, which means "not set". */
export const secretKeys = [
  "argocdWebhookSecret",
  "argocdOidcClientSecret",
  "argocdDispatchToken",
  "alertsAddress",
] as const;
