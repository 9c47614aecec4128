import { readFileSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";

/** A Kubernetes version that the platform can run. */
export interface KubernetesTool {
  /** The folder below local/tools that builds it. */
  readonly folder: "kubernetes" | "kubernetes-previous";
  /** Exact, such as "v1.36.3". */
  readonly version: string;
  /** What `--kubernetes` is given, such as "v1.36". */
  readonly minor: string;
}

/**
 * The Kubernetes versions that the folders pin, the newest (the default) first. Read without Go: `--help` names them.
 * @throws Error when a go.mod does not name its version
 */
export function kubernetesTools(): readonly [KubernetesTool, ...KubernetesTool[]] {
  return [read("kubernetes"), read("kubernetes-previous")];
}

function read(folder: KubernetesTool["folder"]): KubernetesTool {
  const file = fileURLToPath(new URL(join(folder, "go.mod"), import.meta.url));
  const version = /^\s*(?:require )?k8s\.io\/kubernetes (v\d+\.\d+\.\d+)/m.exec(readFileSync(file, "utf8"))?.[1];
  if (version === undefined) throw new Error(`${file}: no line "k8s.io/kubernetes <version>"; run "go mod tidy" there`);
  return { folder, version, minor: version.split(".", 2).join(".") };
}
