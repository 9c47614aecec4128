import { podRule } from "../pods.ts";

const shared = ["hostNetwork", "hostPID", "hostIPC"].map(
  (field) => `(variables.podSpec.?${field}.orValue(false) ? ["${field} is true"] : [])`,
);

/** No pod sees the files, the network or the processes of its node. */
export const workloadNoHost = podRule({
  name: "workload-no-host",
  faults: [
    ...shared,
    'variables.podSpec.?volumes.orValue([]).filter(v, has(v.hostPath)).map(v, "volume " + v.name + " is a hostPath")',
    "variables.containers.filter(c, c.?ports.orValue([]).exists(p, p.?hostPort.orValue(0) != 0))" +
      '.map(c, "container " + c.name + " has a hostPort")',
  ].join(" + "),
  remedy:
    "nothing of the node; use a volume claim and a Service instead of hostPath, hostPort and the host's namespaces",
});
