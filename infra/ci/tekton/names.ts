import { tektonApi } from "../../crds/tekton.ts";
import type { CustomObject, ParamSpec } from "../../crds/tekton.ts";

/** Namespaces of CI; `infra/config` keeps workloads out of them. */
export const ciNamespaces = {
  /** Runs builds, which need more of the kernel than anything else here. */
  runs: "ci",
  /** Receives webhooks: the one door to the internet, apart from the builds. */
  webhooks: "ci-webhooks",
  operator: "tekton-operator",
  /** Tekton's own controllers; the operator makes and labels it. */
  controllers: "tekton-pipelines",
} as const;

export const accounts = {
  listener: "webhooks",
  /** Of every Task but the signing one. */
  run: "release",
  /** Whom the key service trusts to sign. */
  sign: "release-sign",
} as const;

/** Name of the Pipeline, of its trigger's template and binding, and of the EventListener. */
export const releaseName = "release";

/** The user of BuildKit's rootless image, which nothing but a new image changes; all steps share their files as this one. */
export const runUser = 1000;

export function object(api: keyof typeof tektonApi, kind: string, namespace: string, name: string, spec: object) {
  return { apiVersion: tektonApi[api], kind, metadata: { name, namespace }, spec } satisfies CustomObject;
}

export function param(name: string, description: string): ParamSpec {
  return { name, type: "string", description };
}
