import { PriorityClass } from "@pulumi/kubernetes/scheduling/v1/priorityClass.js";
import type { CustomResourceOptions } from "@pulumi/pulumi/resource.js";

/** Name of the class that every controller's pods have. */
export const priorityClassName = "gitops-controllers";

/** On a full node workloads give way to the controllers that would heal them. */
export function createPriorityClass(options: CustomResourceOptions): PriorityClass {
  return new PriorityClass(
    priorityClassName,
    {
      metadata: { name: priorityClassName },
      description: "Controllers of the GitOps platform, before all workloads.",
      // Under the system classes, which start at 2000000000; workloads without a class have 0 (Kubernetes, "Pod
      // Priority and Preemption").
      value: 1_000_000,
      globalDefault: false,
    },
    options,
  );
}
