/** A Deployment that counts as failed when its pods are not ready in time. */
const deployment = (name: string): string => `apiVersion: apps/v1
kind: Deployment
metadata: { name: ${name} }
spec:
  replicas: 1
  progressDeadlineSeconds: 20
  selector: { matchLabels: { app: ${name} } }
  template:
    metadata: { labels: { app: ${name} } }
    spec:
      containers:
        - name: app
          image: example.com/${name}:1
`;

/** Pods of a bad release wait for a node that does not exist. */
export type Release = "good" | "bad";

export const overlayOf = (name: string): string => `apps/${name}/overlays/dev/kustomization.yaml`;
export const flagsOf = (name: string): string => `apps/${name}/overlays/dev/flags.json`;

/** The overlay of a release, with a patch that makes its pod template another one. */
export function overlay(name: string, version: number, release: Release): string {
  const selector = release === "bad" ? "{ example.com/nowhere: here }" : "{ kubernetes.io/os: linux }";
  return `# Moves with each release.
resources:
- ../../base
configMapGenerator:
- name: ${name}-flags
  files:
  - flags.json
  options: { disableNameSuffixHash: true }
images:
- name: example.com/${name}
  newTag: "${version}"
patches:
- patch: |-
    - { op: add, path: /spec/template/spec/nodeSelector, value: ${selector} }
  target:
    kind: Deployment
`;
}

export const flags = (mode: "on" | "off"): string => `{
  "flags": {
    "degraded-mode": {
      "state": "ENABLED",
      "variants": { "on": true, "off": false },
      "defaultVariant": "${mode}"
    }
  }
}
`;

/** Everything of an application, in its first release. */
export const application = (name: string): Readonly<Record<string, string>> => ({
  [`apps/${name}/base/deployment.yaml`]: deployment(name),
  [`apps/${name}/base/kustomization.yaml`]: "resources: [deployment.yaml]\n",
  [overlayOf(name)]: overlay(name, 1, "good"),
  [flagsOf(name)]: flags("off"),
});
