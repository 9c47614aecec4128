/** A right configuration of Tekton with two sources, as a stack file has it. */
export const tektonGiven = {
  kind: "tekton",
  image: `ghcr.io/example/gitops-ci@sha256:${"ab".repeat(32)}`,
  owner: "example",
  key: "awskms:///arn:aws:kms:eu-central-1:111122223333:key/1234abcd-12ab-34cd-56ef-1234567890ab",
  host: "ci.example.com",
  ingress: { className: "nginx", namespace: "ingress-nginx", annotations: { "example.com/a": "b" } },
  sources: [
    {
      application: "risk-control",
      repository: "https://github.com/example/risk-control.git",
      branch: "main",
      environment: "dev",
    },
  ],
  secrets: { webhook: "github-webhook" },
} as const;
