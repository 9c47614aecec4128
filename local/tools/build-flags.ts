import type { ToolSpec, VersionOf } from "./manifest.ts";

/**
 * The flags of `go build` for one folder.
 *
 * -trimpath and -buildvcs=false keep the path and the commit of this checkout out of the binary, so that every checkout
 * can share one; -s -w leaves out debug information (about a third of the size).
 */
export function buildFlags(spec: Pick<ToolSpec, "variables" | "tags">, versionOf: VersionOf): readonly string[] {
  const variables = Object.entries(spec.variables?.(versionOf) ?? {}).map(([name, value]) => `-X ${name}=${value}`);
  const tags = spec.tags === undefined || spec.tags.length === 0 ? [] : ["-tags", spec.tags.join(",")];
  return ["-trimpath", "-buildvcs=false", "-ldflags", ["-s", "-w", ...variables].join(" "), ...tags];
}
