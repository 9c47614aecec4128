import type { ContainerStatus, Pod } from "../cluster/objects.ts";

import { containerId } from "./container-state.ts";
import type { ContainerReport } from "./container-state.ts";
import { programContainer } from "./program.ts";

/**
 * The status of a pod as its node reports it: a strategic merge patch for `pods/status`.
 *
 * Ready and ContainersReady always go together: with ContainersReady True and Ready False the stage
 * `pod-ready-again` (kwok-stages.ts) takes the pod for one that the node controller gave up, and puts it right.
 */
export function statusPatch(pod: Pod, report: ContainerReport, now: Date): unknown {
  const conditions = ["Ready", "ContainersReady"].map((type) => condition(pod, type, report.ready, now));
  const others = pod.spec.containers.filter(({ name }) => name !== programContainer);
  const app = pod.spec.containers.find(({ name }) => name === programContainer);
  const own: ContainerStatus = {
    ...(report.pid === undefined ? {} : { containerID: containerId(report.pid) }),
    name: programContainer,
    image: app?.image ?? "",
    imageID: "",
    ready: report.ready,
    started: report.state.running !== undefined,
    restartCount: report.restartCount,
    state: report.state,
    lastState: report.lastState,
  };
  // A container beside the program has no process here and must not hold it up: it counts as running.
  const beside = others.map(({ name, image }): ContainerStatus => {
    const known = pod.status?.containerStatuses?.find((status) => status.name === name);
    const state = known?.state.running ? known.state : { running: { startedAt: now.toISOString() } };
    return { name, image, imageID: "", ready: true, started: true, restartCount: 0, state, lastState: {} };
  });
  const order = pod.spec.containers.map(({ name }) => name);
  const containerStatuses = [own, ...beside].sort((a, b) => order.indexOf(a.name) - order.indexOf(b.name));
  // With the uid the API server refuses the report when another pod of that name took the place.
  return { metadata: { uid: pod.metadata.uid }, status: { phase: "Running", conditions, containerStatuses } };
}

function condition(pod: Pod, type: string, ready: boolean, now: Date): unknown {
  const status = ready ? "True" : "False";
  const known = pod.status?.conditions?.find((one) => one.type === type);
  const lastTransitionTime = known?.status === status ? known.lastTransitionTime : undefined;
  return {
    type,
    status,
    lastTransitionTime: lastTransitionTime ?? now.toISOString(),
    // null takes away what an earlier report said.
    reason: ready ? null : "ContainersNotReady",
    message: ready ? null : `containers with unready status: [${programContainer}]`,
  };
}

/** Whether the pod counts as ready at the API server. */
export function isReportedReady(pod: Pod): boolean {
  const status = (type: string) => pod.status?.conditions?.find((one) => one.type === type)?.status;
  return status("Ready") === "True" && status("ContainersReady") === "True";
}
