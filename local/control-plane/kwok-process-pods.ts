import { parseDocument } from "yaml";

/**
 * Pods that have a real process (local/workloads) are that process's to report: whether they are ready, and when they
 * have ended. KWOK gives them an address, as it does to all, and then leaves them alone.
 *
 * They are known by the command of their container `app`, as `programOf` in local/workloads/pods/program.ts knows them.
 */
const commandOfApp = '.spec.containers.[] | select( .name == "app" ) | .command.[0]';
const command = "./podinfo";

/** KWOK's stages that make a pod ready and that delete it; by the `metadata.name` of their files. */
const stagesForOthers = ["pod-ready", "pod-delete"];

/** A file of the kwok module with one Stage, which leaves out pods with a process where that is ours to decide. */
export function withoutProcessPods(stage: string): string {
  const document = parseDocument(stage);
  if (!stagesForOthers.includes(String(document.getIn(["metadata", "name"])))) return stage;
  // A pod without such a container counts as "not in" (pkg/utils/expression/selector.go of kwok v0.8.0).
  const others = { key: commandOfApp, operator: "NotIn", values: [command] };
  document.addIn(["spec", "selector", "matchExpressions"], document.createNode(others));
  return document.toString({ lineWidth: 0 });
}

/** What KWOK says of a pod with a process when it was scheduled: as a kubelet does before the container runs. */
export const processPodStarting = {
  apiVersion: "kwok.x-k8s.io/v1alpha1",
  kind: "Stage",
  metadata: { name: "process-pod-starting" },
  spec: {
    resourceRef: { apiGroup: "v1", kind: "Pod" },
    selector: {
      matchExpressions: [
        { key: ".metadata.deletionTimestamp", operator: "DoesNotExist" },
        { key: ".status.phase", operator: "In", values: ["Pending"] },
        { key: ".status.podIP", operator: "DoesNotExist" },
        { key: commandOfApp, operator: "In", values: [command] },
      ],
    },
    next: {
      statusTemplate: `{{ $now := Now }}
conditions:
- lastTransitionTime: {{ $now | Quote }}
  status: "True"
  type: Initialized
- lastTransitionTime: {{ $now | Quote }}
  status: "False"
  type: Ready
- lastTransitionTime: {{ $now | Quote }}
  status: "False"
  type: ContainersReady
containerStatuses:
{{ range .spec.containers }}
- image: {{ .image | Quote }}
  imageID: ""
  name: {{ .name | Quote }}
  ready: false
  restartCount: 0
  started: false
  state:
    waiting:
      reason: ContainerCreating
{{ end }}
{{ with NodeIPsWith .spec.nodeName }}
hostIP: {{ index . 0 | Quote }}
hostIPs:
{{ range . }}
- ip: {{ . | Quote }}
{{ end }}
{{ end }}
{{ with PodIPsWith .spec.nodeName ( or .spec.hostNetwork false ) ( or .metadata.uid "" ) ( or .metadata.name "" ) ( or .metadata.namespace "" ) }}
podIP: {{ index . 0 | Quote }}
podIPs:
{{ range . }}
- ip: {{ . | Quote }}
{{ end }}
{{ end }}
startTime: {{ $now | Quote }}
`,
    },
  },
} as const;
