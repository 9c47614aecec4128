import { example, image, resource } from "./example.ts";

const podinfo = "ghcr.io/stefanprodan/podinfo";
const patch = image("app", "dev", `${podinfo}:6.13.0`, `${podinfo}:6.13.1`);
const project = "kubernetes:argoproj.io/v1alpha1:AppProject";

/** Changes of documents, rules, windows, and of the way people work. */
export const processExamples = [
  example("documents alone", ["approve", "low"], { files: ["README.md", "docs/eks.md"] }),
  example("documents alone, without a reason", ["approve", "low"], { files: ["README.md"], messages: ["Typo"] }),
  example("tests alone", ["approve", "low"], { files: ["test/infra/cluster/cidr.test.ts"] }),
  example("a dependency's patch version", ["approve", "low"], { files: ["package.json", "package-lock.json"] }),
  example("a workflow", ["approve", "low"], { files: [".github/workflows/pull-request.yml"] }),
  example("a policy is loosened", ["approve", "medium"], { files: ["policies/cluster/endpoint-closed.ts"] }),
  example("a policy is loosened and a waiver added in a hurry", ["approve", "high"], {
    files: ["policies/cluster/endpoint-closed.ts", "policies/waivers.yaml"],
    messages: ["Hotfix"],
  }),
  example("the limits of the review", ["approve", "medium"], { files: ["gitops-review.yaml"] }),
  example("windows of core-trading in prod", ["approve", "high"], {
    objects: [
      resource("prod", project, "changed", {
        fields: [{ path: "spec.syncWindows[0].duration", before: "1h", after: "8h" }],
      }),
    ],
  }),
  example("windows of core-trading opened in a hurry, after an incident", ["reject", "critical"], {
    objects: [
      resource("prod", project, "changed", { fields: [{ path: "spec.syncWindows", before: [{}], after: [] }] }),
    ],
    messages: ["Urgent: open the window"],
    failures: [{ kind: "incident", hash: "abcdef01", subject: "Incident 12", days: 5, area: "Pulumi.prod.yaml" }],
  }),
  example("unfinished work in dev", ["approve", "medium"], { objects: [patch], messages: ["WIP: try the new image"] }),
  example("a harmless change that breaks a mandatory policy", ["reject", "low"], {
    objects: [patch],
    violations: [{ policy: "pinned-image", enforcement: "mandatory", message: 'image "podinfo" has no tag' }],
  }),
  example("a harmless change with an advisory violation in dev", ["approve", "low"], {
    objects: [patch],
    violations: [{ policy: "resource-limits", enforcement: "advisory", message: "no memory limit" }],
  }),
  example("a failure of half a year ago", ["approve", "low"], {
    objects: [patch],
    failures: [{ kind: "rollback", hash: "abcdef01", subject: "Go back", days: 170, area: "apps/app" }],
  }),
  example("a failure of yesterday", ["approve", "medium"], {
    objects: [patch],
    failures: [{ kind: "rollback", hash: "abcdef01", subject: "Go back", days: 1, area: "apps/app" }],
  }),
];
