import type { Facts, Finding } from "./model.ts";
import { minorName, readVersion } from "./version.ts";
import type { KubernetesVersion } from "./version.ts";

const source = "kubernetes.io, Version Skew Policy";

/** Minors that a kubelet may be older than its API server (kubernetes.io, "Version Skew Policy", since 1.25). */
const kubeletLag = 3;

/** Whether control plane, nodes and kubectl may have the versions that they have after the upgrade. */
export function skewFindings(facts: Facts, to: KubernetesVersion): readonly Finding[] {
  const from = facts.from === undefined ? undefined : readVersion(facts.from);
  return [
    controlPlane(facts, from, to),
    ...facts.nodes.map(({ name, version }) => node(name, version, from ?? to, to)),
    ...(facts.kubectl === undefined ? [] : [kubectl(facts.kubectl, to)]),
  ];
}

function controlPlane(facts: Facts, from: KubernetesVersion | undefined, to: KubernetesVersion): Finding {
  const about = { check: "skew", where: `control plane of ${facts.subject}` } as const;
  if (from === undefined) {
    const what = facts.from === undefined ? "no version is declared" : `"${facts.from}" is no Kubernetes version`;
    const mend = "ask the cluster itself: --kubeconfig or --context instead of --stack";
    return { ...about, level: "unknown", what, allowed: "a version to start from", mend };
  }
  const step = to.minor - from.minor;
  const what = `${from.text} to ${to.text}`;
  if (step === 0 || step === 1) return { ...about, level: "fine", what, source };
  const next = minorName(from.minor + 1);
  if (step > 1) {
    const mend = `upgrade to ${next} first, and to each minor after it in turn: --to ${next}`;
    return {
      ...about,
      level: "blocking",
      what: `${what} skips ${step - 1} of the minors`,
      allowed: next,
      mend,
      source,
    };
  }
  const mend = "stay, or make a new cluster and let Git bring the applications to it";
  const allowed = `${minorName(from.minor)} or ${next}`;
  return { ...about, level: "blocking", what: `${what} goes down`, allowed, mend, source };
}

function node(name: string, given: string, from: KubernetesVersion, to: KubernetesVersion): Finding {
  const about = { check: "skew", where: `kubelet of ${name}` } as const;
  const version = readVersion(given);
  if (version === undefined) {
    const mend = "look at the node: kubectl get nodes --output wide";
    return { ...about, level: "unknown", what: `"${given}" is no Kubernetes version`, allowed: "1.x", mend };
  }
  const oldest = minorName(to.minor - kubeletLag);
  // It is compared with the API server as it is now: that one is upgraded first.
  const newest = minorName(Math.min(from.minor, to.minor));
  const allowed = `${oldest} to ${newest} while the control plane goes to ${minorName(to.minor)}`;
  if (version.minor > Math.min(from.minor, to.minor)) {
    const mend = "a kubelet is never newer than its API server: upgrade the control plane first, then the nodes";
    return { ...about, level: "blocking", what: version.text, allowed, mend, source };
  }
  if (version.minor >= to.minor - kubeletLag) return { ...about, level: "fine", what: version.text, source };
  return { ...about, level: "blocking", what: version.text, allowed, mend: "upgrade this node first", source };
}

function kubectl(given: string, to: KubernetesVersion): Finding {
  const about = { check: "skew", where: "kubectl on this machine" } as const;
  const version = readVersion(given);
  const allowed = `${minorName(to.minor - 1)} to ${minorName(to.minor + 1)}`;
  if (version !== undefined && Math.abs(version.minor - to.minor) <= 1) {
    return { ...about, level: "fine", what: version.text, source };
  }
  return { ...about, level: "warning", what: given, allowed, mend: `install kubectl ${to.text}`, source };
}
