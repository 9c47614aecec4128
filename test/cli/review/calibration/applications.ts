import { example, image, manifest } from "./example.ts";

const podinfo = "ghcr.io/stefanprodan/podinfo";

/** Changes under apps/. */
export const applicationExamples = [
  example("patch version in dev", ["approve", "low"], {
    objects: [image("app", "dev", `${podinfo}:6.13.0`, `${podinfo}:6.13.1`)],
  }),
  example("patch version in prod", ["approve", "medium"], {
    objects: [image("app", "prod", `${podinfo}:6.13.0`, `${podinfo}:6.13.1`)],
  }),
  example("major version in dev", ["approve", "low"], {
    objects: [image("app", "dev", `${podinfo}:6.13.0`, `${podinfo}:7.0.0`)],
  }),
  example("major version in staging", ["approve", "medium"], {
    objects: [image("app", "staging", `${podinfo}:6.13.0`, `${podinfo}:7.0.0`)],
  }),
  example("major version in prod", ["approve", "medium"], {
    objects: [image("core-trading", "prod", `${podinfo}:6.13.0`, `${podinfo}:7.0.0`)],
  }),
  example("major version of all applications in prod at once", ["reject", "critical"], {
    objects: ["app", "core-trading", "reporting", "risk-control"].map((name) =>
      image(name, "prod", `${podinfo}:6.13.0`, `${podinfo}:7.0.0`),
    ),
  }),
  example("urgent major version in prod, where the last one was rolled back", ["reject", "critical"], {
    objects: [image("core-trading", "prod", `${podinfo}:6.13.0`, `${podinfo}:7.0.0`)],
    messages: ["Hotfix: new major version ASAP"],
    failures: [{ kind: "rollback", hash: "abcdef01", subject: "Go back", days: 2, area: "apps/core-trading" }],
  }),
  example("downgrade in prod, made by git revert", ["approve", "medium"], {
    objects: [image("app", "prod", `${podinfo}:6.13.1`, `${podinfo}:6.13.0`)],
    messages: [
      'Revert "Move to 6.13.1"\n\nThis reverts commit 89e9b5b.\n\nCheckouts time out since the release of noon.',
    ],
  }),
  example("image of another registry in prod", ["approve", "high"], {
    objects: [image("app", "prod", `${podinfo}:6.13.0`, "docker.io/somebody/podinfo:6.13.0")],
    messages: ["Change image"],
    failures: [{ kind: "fix", hash: "abcdef01", subject: "Fix pull", days: 1, area: "apps/app" }],
  }),
  example("more memory in dev", ["approve", "low"], {
    objects: [manifest("app", "dev", "apps/v1/Deployment", "changed")],
  }),
  example("more memory in prod, without a reason", ["approve", "medium"], {
    objects: [manifest("app", "prod", "apps/v1/Deployment", "changed")],
    messages: ["Raise memory"],
  }),
  example("a new application in all environments", ["approve", "high"], {
    objects: (["dev", "staging", "prod"] as const).flatMap((place) =>
      ["apps/v1/Deployment", "v1/Service", "networking.k8s.io/v1/Ingress", "policy/v1/PodDisruptionBudget"].map(
        (type) => manifest("quotes", place, type, "added"),
      ),
    ),
  }),
  example("an application is taken out of dev", ["approve", "medium"], {
    objects: ["apps/v1/Deployment", "v1/Service", "networking.k8s.io/v1/Ingress"].map((type) =>
      manifest("app", "dev", type, "removed"),
    ),
  }),
  example("an application is taken out of prod", ["reject", "critical"], {
    objects: ["apps/v1/Deployment", "v1/Service", "networking.k8s.io/v1/Ingress", "v1/ServiceAccount"].map((type) =>
      manifest("reporting", "prod", type, "removed"),
    ),
  }),
  example("bounds of the autoscaler in prod", ["approve", "medium"], {
    objects: [manifest("risk-control", "prod", "keda.sh/v1alpha1/ScaledObject", "changed")],
  }),
  example("network policy in prod", ["approve", "medium"], {
    objects: [manifest("app", "prod", "networking.k8s.io/v1/NetworkPolicy", "changed")],
  }),
  example("network policies removed in prod", ["approve", "high"], {
    objects: [manifest("app", "prod", "networking.k8s.io/v1/NetworkPolicy", "removed")],
    messages: ["Remove policy"],
  }),
  example("canary thresholds in staging", ["approve", "low"], {
    objects: [manifest("app", "staging", "flagger.app/v1beta1/Canary", "changed")],
  }),
];
