import { isPinned } from "../kubernetes/workloads.ts";
import { cis, nsa, pci } from "../model/framework.ts";
import type { KubernetesObject } from "../model/kubernetes-object.ts";
import { objectPolicy } from "../model/object-policy.ts";
import { fields, quote, text } from "../model/values.ts";

import { stepsOf, withTemplates } from "./objects.ts";
import type { Step } from "./objects.ts";

const allSteps = (object: KubernetesObject): readonly Step[] => withTemplates(object).flatMap(stepsOf);

/** A step without an image takes it from the template or from a StepAction, which is judged itself. */
export const stepImagePinned = objectPolicy({
  name: "ci-image-pinned",
  description: "Every step of CI runs an image with a version or a digest.",
  severity: "high",
  remediation: "name version or digest, never `latest`: whoever moves the tag runs in every build",
  references: [nsa("Upgrading and application security practices"), pci("6.5.1")],
  judgeObject: (object) =>
    allSteps(object)
      .filter(({ step }) => step["image"] !== undefined && !isPinned(text(step["image"])))
      .map(({ name, step }) => `${name} runs ${quote(step["image"])}`),
});

/** A build needs more of the kernel than other pods; what it never needs is the node. */
export const stepUnprivileged = objectPolicy({
  name: "ci-step-unprivileged",
  description: "No step of CI is privileged or runs as root.",
  severity: "critical",
  remediation: "build with BuildKit's rootless image; set runAsNonRoot: true in the step's securityContext",
  references: [cis("4.2.1"), nsa("Kubernetes Pod security"), pci("2.2.6")],
  judgeObject: (object) =>
    allSteps(object).flatMap(({ name, step }) => {
      const context = fields(step["securityContext"]);
      if (name.endsWith("stepTemplate")) return context["privileged"] === true ? [`${name} is privileged`] : [];
      return [
        ...(context["privileged"] === true ? [`${name} is privileged`] : []),
        ...(context["runAsNonRoot"] === true && context["runAsUser"] !== 0 ? [] : [`${name} may run as root`]),
      ];
    }),
});
