import type { Files } from "./gitops.ts";

/** Secrets of the project; no output may hold one. */
export const secrets = {
  config: "configured-in-plain-text-4711",
  marked: "marked-by-the-program-4712",
  unmarked: "unmarked-in-a-secret-4713",
  committed: "committed-by-mistake-4714",
};

/** Resources of the project's program; `extra` goes into the function. */
export function program(extra = ""): string {
  return `
import { ConfigMap } from "@pulumi/kubernetes/core/v1/configMap.js";
import { Namespace } from "@pulumi/kubernetes/core/v1/namespace.js";
import { Secret } from "@pulumi/kubernetes/core/v1/secret.js";
import { CustomResource } from "@pulumi/kubernetes/apiextensions/customResource.js";
import { Config } from "@pulumi/pulumi/config.js";
import { ComponentResource } from "@pulumi/pulumi/resource.js";
import { secret } from "@pulumi/pulumi/output.js";

class Team extends ComponentResource {
  constructor(name) {
    super("fixture:index:Team", name);
    new Namespace(name, { metadata: { name } }, { parent: this });
  }
}

export default async () => {
  const config = new Config();
  new Team("orders");
  new ConfigMap("settings", { metadata: { name: "settings", namespace: "orders" }, data: { color: config.require("color") } });
  new ConfigMap("leaky", {
    metadata: { name: "leaky", namespace: "orders" },
    data: { url: "postgres://" + config.require("databasePassword") + "@db" },
  });
  new Secret("marked", { metadata: { name: "marked" }, stringData: { key: secret("${secrets.marked}") } });
  new Secret("unmarked", { metadata: { name: "unmarked" }, stringData: { key: "${secrets.unmarked}" } });
  ${extra}
  return { password: secret("${secrets.marked}") };
};
`;
}

/** An AppProject that the policies refuse. */
export const wildcardProject = `
  new CustomResource("open", {
    apiVersion: "argoproj.io/v1alpha1",
    kind: "AppProject",
    metadata: { name: "open", namespace: "argocd" },
    spec: {
      sourceRepos: ["*"],
      destinations: [{ server: "*", namespace: "*" }],
      clusterResourceWhitelist: [{ group: "*", kind: "*" }],
    },
  });`;

/** A Service and a Secret of one application; the namespace is the overlay's. */
export function overlay(port: number, name = "web"): string {
  return `apiVersion: v1
kind: Service
metadata: { name: ${name} }
spec:
  selector: { app: web }
  ports:
    - { name: http, port: ${port} }
    - { name: metrics, port: 9000 }
`;
}

/** A whole project with two stacks and two overlays. */
export const projectFiles: Files = {
  "package.json": '{ "type": "module" }',
  ".gitignore": "empty-home/\nnode_modules\n",
  "Pulumi.yaml": `name: fixture
runtime: nodejs
main: index.ts
config:
  color: { type: string, default: blue }
  databasePassword: { type: string, default: ${secrets.config} }
`,
  "Pulumi.dev.yaml": "config: {}\n",
  "Pulumi.prod.yaml": "config:\n  fixture:color: red\n",
  "index.ts": program(),
  "apps/web/overlays/dev/kustomization.yaml": "namespace: dev\nresources: [objects.yaml, secret.yaml]\n",
  "apps/web/overlays/dev/objects.yaml": overlay(80),
  "apps/web/overlays/dev/secret.yaml": `apiVersion: v1
kind: Secret
metadata: { name: web }
stringData: { token: ${secrets.committed} }
`,
  "apps/web/overlays/prod/kustomization.yaml": "namespace: prod\nresources: [objects.yaml]\n",
  "apps/web/overlays/prod/objects.yaml": overlay(80),
};
