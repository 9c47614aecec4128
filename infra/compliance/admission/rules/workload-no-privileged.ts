import { podRule } from "../pods.ts";

const capabilities = "c.?securityContext.?capabilities";
/** The only one that the restricted pod security standard lets a container add. */
const added = `${capabilities}.?add.orValue([]).exists(one, one != "NET_BIND_SERVICE")`;

/** No container is privileged or has the kernel's capabilities. */
export const workloadNoPrivileged = podRule({
  name: "workload-no-privileged",
  faults:
    "variables.containers.filter(c, c.?securityContext.?privileged.orValue(false))" +
    '.map(c, "container " + c.name + " is privileged") + ' +
    `variables.containers.filter(c, !${capabilities}.?drop.orValue([]).exists(one, one == "ALL"))` +
    '.map(c, "container " + c.name + " keeps capabilities") + ' +
    `variables.containers.filter(c, ${added}).map(c, "container " + c.name + " adds capabilities")`,
  remedy:
    "no privileged, and capabilities: { drop: [ALL] } with NET_BIND_SERVICE added at most; mend the security context",
});
