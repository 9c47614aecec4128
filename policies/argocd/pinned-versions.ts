import { nsa, pci } from "../model/framework.ts";
import { objectOf } from "../model/kubernetes-object.ts";
import { objectPolicy } from "../model/object-policy.ts";
import { resourcePolicy } from "../model/resource-policy.ts";
import { fields, quote, text } from "../model/values.ts";

import { isApplication, sourcesOf } from "./objects.ts";

/** An exact version; charts may start it with `v`. */
const exact = /^v?\d+\.\d+\.\d+(-[0-9A-Za-z.-]+)?(\+[0-9A-Za-z.-]+)?$/;

const charts: Readonly<Record<string, (props: Readonly<Record<string, unknown>>) => unknown>> = {
  "kubernetes:helm.sh/v3:Release": (props) => props["version"],
  "kubernetes:helm.sh/v3:Chart": (props) => props["version"],
  "kubernetes:helm.sh/v4:Chart": (props) => props["version"],
  "kubernetes-cert-manager:index:CertManager": (props) => fields(props["helmOptions"])["version"],
};

const application = "kubernetes:argoproj.io/v1alpha1:Application";

export const chartVersions = resourcePolicy({
  name: "chart-versions",
  description: "Every chart has an exact version.",
  severity: "high",
  remediation: "name one version, such as 10.10.2, in infra/versions.ts; Renovate raises it",
  references: [nsa("Upgrading and application security practices"), pci("6.5.1")],
  types: [...Object.keys(charts), application],
  judge: ({ type, props }) => {
    const object = objectOf(type, props);
    const versions =
      object === undefined
        ? [charts[type]?.(props)]
        : sourcesOf(object).flatMap((source) => ("chart" in source ? [source["targetRevision"]] : []));
    return versions
      .filter((version) => !exact.test(text(version) ?? ""))
      .map((version) => `the version of the chart is ${quote(version)}`);
  },
});

/** HEAD is the branch that the Git host happens to call its default. */
export const noHead = objectPolicy({
  name: "argocd-no-head",
  description: "An Application follows a branch that is named.",
  severity: "medium",
  remediation: "name the branch of the environment in targetRevision",
  references: [pci("6.5.1")],
  judgeObject: (object) => {
    if (!isApplication(object)) return [];
    return sourcesOf(object)
      .map((source) => source["targetRevision"])
      .filter((revision) => ["", "HEAD", "refs/heads/HEAD", "origin/HEAD"].includes(text(revision) ?? ""))
      .map((revision) => `targetRevision is ${quote(revision)}`);
  },
});
