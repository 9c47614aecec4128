import { podRule } from "../pods.ts";

const mayBeRoot =
  "!c.?securityContext.?runAsNonRoot.orValue(variables.podSpec.?securityContext.?runAsNonRoot.orValue(false))";
const isRoot = "c.?securityContext.?runAsUser.orValue(variables.podSpec.?securityContext.?runAsUser.orValue(1)) == 0";
const mayEscalate = "c.?securityContext.?allowPrivilegeEscalation.orValue(true)";

/** No container runs as root or can become it. */
export const workloadNonRoot = podRule({
  name: "workload-non-root",
  faults:
    `variables.containers.filter(c, ${mayBeRoot} || ${isRoot}).map(c, "container " + c.name + " may run as root") + ` +
    `variables.containers.filter(c, ${mayEscalate}).map(c, "container " + c.name + " may escalate its privileges")`,
  remedy: "runAsNonRoot: true, no runAsUser 0, and allowPrivilegeEscalation: false; set them in the security context",
});
