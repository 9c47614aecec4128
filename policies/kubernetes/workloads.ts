import { cis, nsa, pci } from "../model/framework.ts";
import { objectPolicy } from "../model/object-policy.ts";
import { fields, list, quote, text, texts } from "../model/values.ts";

import { containersOf, podSpecOf, securityContext } from "./pods.ts";

interface ResourceSettings {
  readonly requests: readonly string[];
  readonly limits: readonly string[];
}

const names = (given: readonly string[], description: string) => ({
  type: "array" as const,
  items: { type: "string" as const },
  default: [...given],
  description,
});

export const workloadResources = objectPolicy<ResourceSettings>({
  name: "workload-resources",
  description: "Every container says what it needs and what it may take.",
  severity: "medium",
  remediation: "set resources.requests and resources.limits of the container",
  references: [nsa("Network separation and hardening")],
  settings: {
    requests: names(["cpu", "memory"], "Requests that have to be set."),
    limits: names(["memory"], "Limits that have to be set; a limit of cpu throttles, so it is not asked for."),
  },
  judgeObject: (object, wanted) =>
    containersOf(podSpecOf(object) ?? {}).flatMap(({ name, container, kind }) => {
      if (kind === "ephemeral") return [];
      const resources = fields(container["resources"]);
      const missing = (["requests", "limits"] as const).flatMap((part) =>
        wanted[part].filter((key) => fields(resources[part])[key] === undefined).map((key) => `${part}.${key}`),
      );
      return missing.length === 0 ? [] : [`${name} has no ${missing.join(", ")}`];
    }),
});

export const workloadNonRoot = objectPolicy({
  name: "workload-non-root",
  description: "No container runs as root or can become it.",
  severity: "high",
  remediation: "set runAsNonRoot: true and allowPrivilegeEscalation: false in the security context",
  references: [cis("4.2.5"), nsa("Kubernetes Pod security"), pci("2.2.6")],
  judgeObject: (object) => {
    const pod = podSpecOf(object) ?? {};
    return containersOf(pod).flatMap(({ name, container }) => {
      const own = securityContext(container);
      const effective = { ...securityContext(pod), ...own };
      const reasons: string[] = [];
      if (effective["runAsNonRoot"] !== true) reasons.push(`${name} may run as root`);
      if (effective["runAsUser"] === 0) reasons.push(`${name} runs as user 0`);
      if (own["allowPrivilegeEscalation"] !== false) reasons.push(`${name} may escalate its privileges`);
      return reasons;
    });
  },
});

interface CapabilitySettings {
  readonly capabilities: readonly string[];
}

export const workloadNoPrivileged = objectPolicy<CapabilitySettings>({
  name: "workload-no-privileged",
  description: "No container is privileged or has the kernel's capabilities.",
  severity: "critical",
  remediation: "remove privileged, and set capabilities to { drop: [ALL] }",
  references: [cis("4.2.1"), nsa("Kubernetes Pod security"), pci("2.2.6")],
  settings: {
    // The only one that the restricted pod security standard lets a container add.
    capabilities: names(["NET_BIND_SERVICE"], "Capabilities that a container may add."),
  },
  judgeObject: (object, { capabilities: allowed }) =>
    containersOf(podSpecOf(object) ?? {}).flatMap(({ name, container }) => {
      const context = securityContext(container);
      const capabilities = fields(context["capabilities"]);
      const reasons: string[] = [];
      if (context["privileged"] === true) reasons.push(`${name} is privileged`);
      if (!texts(capabilities["drop"]).includes("ALL")) reasons.push(`${name} keeps capabilities`);
      const added = texts(capabilities["add"]).filter((one) => !allowed.includes(one));
      if (added.length > 0) reasons.push(`${name} adds ${added.join(", ")}`);
      return reasons;
    }),
});

export const workloadNoHost = objectPolicy({
  name: "workload-no-host",
  description: "No pod sees the files, the network or the processes of its node.",
  severity: "critical",
  remediation: "remove hostPath, hostPort, hostNetwork, hostPID and hostIPC; use a volume claim and a Service",
  references: [cis("4.2.4"), nsa("Kubernetes Pod security"), pci("2.2.6")],
  judgeObject: (object) => {
    const pod = podSpecOf(object) ?? {};
    const shared = ["hostNetwork", "hostPID", "hostIPC"].filter((key) => pod[key] === true);
    const volumes = list(pod["volumes"])
      .map(fields)
      .filter((volume) => "hostPath" in volume);
    const ports = containersOf(pod).filter(({ container }) =>
      list(container["ports"]).some((port) => Number(fields(port)["hostPort"] ?? 0) !== 0),
    );
    return [
      ...shared.map((key) => `${key} is true`),
      ...volumes.map(
        (volume) => `volume ${quote(volume["name"])} is ${quote(fields(volume["hostPath"])["path"])} of the node`,
      ),
      ...ports.map(({ name }) => `${name} takes a port of the node`),
    ];
  },
});

export const imagePinned = objectPolicy({
  name: "image-pinned",
  description: "Every image has a version or a digest.",
  severity: "high",
  remediation: "name the version in the overlay's `images` (CI writes it there), never `latest`",
  references: [nsa("Upgrading and application security practices"), pci("6.5.1")],
  judgeObject: (object) =>
    containersOf(podSpecOf(object) ?? {})
      .filter(({ container }) => !isPinned(text(container["image"])))
      .map(({ name, container }) => `${name} runs ${quote(container["image"])}`),
});

/** A tag other than `latest` after the last slash (a colon before it is a port), or a digest. */
export function isPinned(image: string | undefined): boolean {
  if (image === undefined) return false;
  if (/@sha256:[0-9a-f]{64}$/.test(image)) return true;
  const [, tag] = (image.split("/").at(-1) ?? "").split(":");
  return tag !== undefined && tag !== "" && tag !== "latest";
}
