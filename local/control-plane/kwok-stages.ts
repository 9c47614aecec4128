import { readFile } from "node:fs/promises";
import { join } from "node:path";

import { stringify } from "yaml";

import { processPodStarting, withoutProcessPods } from "./kwok-process-pods.ts";

/** Of sigs.k8s.io/kwok v0.8.0: what a kubelet would do to a node and to its pods, without delays. */
const files = [
  "kustomize/stage/node/fast/node-initialize.yaml",
  "kustomize/stage/node/heartbeat-with-lease/node-heartbeat-with-lease.yaml",
  "kustomize/stage/pod/fast/pod-ready.yaml",
  "kustomize/stage/pod/fast/pod-complete.yaml",
  "kustomize/stage/pod/fast/pod-delete.yaml",
] as const;

/**
 * Puts right what the node lifecycle controller does to pods of a node that was silent for too long: it sets the
 * condition Ready to False and leaves ContainersReady alone (MarkPodsNotReady in
 * pkg/controller/util/node/controller_utils.go of k8s.io/kubernetes v1.36.3). A kubelet that comes back reports its
 * pods anew; KWOK's own stages look at pending pods only.
 *
 * Whoever wants a pod to be unready here sets both conditions to False, as a kubelet does.
 */
const podReadyAgain = {
  apiVersion: "kwok.x-k8s.io/v1alpha1",
  kind: "Stage",
  metadata: { name: "pod-ready-again" },
  spec: {
    resourceRef: { apiGroup: "v1", kind: "Pod" },
    selector: {
      matchExpressions: [
        { key: ".metadata.deletionTimestamp", operator: "DoesNotExist" },
        { key: ".status.phase", operator: "In", values: ["Running"] },
        { key: '.status.conditions.[] | select( .type == "Ready" ) | .status', operator: "In", values: ["False"] },
        {
          key: '.status.conditions.[] | select( .type == "ContainersReady" ) | .status',
          operator: "In",
          values: ["True"],
        },
      ],
    },
    next: {
      statusTemplate: [
        "conditions:",
        "- type: Ready",
        '  status: "True"',
        "  lastTransitionTime: {{ Now | Quote }}",
      ].join("\n"),
    },
  },
} as const;

/** The configuration file of kwok. @param folder with the files of the kwok module */
export async function kwokStages(folder: string): Promise<string> {
  const upstream = await Promise.all(files.map((file) => readFile(join(folder, file), "utf8")));
  const own = [podReadyAgain, processPodStarting].map((stage) => stringify(stage));
  return [...upstream.map(withoutProcessPods), ...own].map((text) => `---\n${text.trimEnd()}\n`).join("");
}
