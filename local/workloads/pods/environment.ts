import type { Container, EnvironmentVariable, Pod } from "../cluster/objects.ts";

/**
 * The variables that the container states. A value from a Secret or a ConfigMap is left out, as this process may not
 * read them; the sample applications have none.
 */
export function podEnvironment(pod: Pod, container: Container): Readonly<Record<string, string>> {
  const entries = (container.env ?? []).map((variable) => [variable.name, valueOf(pod, variable)] as const);
  return Object.fromEntries(entries.filter((entry): entry is [string, string] => entry[1] !== undefined));
}

function valueOf(pod: Pod, variable: EnvironmentVariable): string | undefined {
  const path = variable.valueFrom?.fieldRef?.fieldPath;
  return path === undefined
    ? variable.valueFrom === undefined
      ? (variable.value ?? "")
      : undefined
    : field(pod, path);
}

/** The fields that the downward API gives to variables ("Downward API" in the Kubernetes documentation). */
function field(pod: Pod, path: string): string | undefined {
  const { metadata, spec, status } = pod;
  const entry = /^metadata\.(labels|annotations)\['(.+)'\]$/.exec(path);
  if (entry) return metadata[entry[1] as "labels" | "annotations"]?.[entry[2] ?? ""] ?? "";
  const fields: Readonly<Record<string, string | undefined>> = {
    "metadata.name": metadata.name,
    "metadata.namespace": metadata.namespace,
    "metadata.uid": metadata.uid,
    "spec.nodeName": spec.nodeName,
    "status.podIP": status?.podIP,
    "status.hostIP": status?.hostIP,
  };
  return fields[path];
}
