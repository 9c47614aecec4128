import type { Definition, Finding } from "./model.ts";

const source = "kubernetes.io, Versions in CustomResourceDefinitions";

/** Definitions whose objects are, or may be, stored in a version that goes. */
export function crdFindings(definitions: readonly Definition[], upcoming: readonly Definition[]): readonly Finding[] {
  const found = definitions.flatMap((one) => [
    ...stored(
      one,
      upcoming.find(({ metadata }) => metadata.name === one.metadata.name),
    ),
    ...deprecated(one),
  ]);
  if (found.length > 0 || definitions.length === 0) return found;
  const what = "each stores one version, which is served, and none of them is deprecated";
  return [{ check: "crds", level: "fine", where: `${definitions.length} CustomResourceDefinitions`, what, source }];
}

function stored({ metadata, spec, status }: Definition, next: Definition | undefined): readonly Finding[] {
  const kept = status?.storedVersions ?? [];
  const where = `CustomResourceDefinition ${metadata.name}`;
  const storage = spec.versions.find((version) => version.storage)?.name ?? "none";
  const migrate =
    `write every object again (kubectl get ${metadata.name} --all-namespaces --output json | kubectl replace ` +
    `--filename -), then leave ${storage} alone in status.storedVersions`;
  const lost = next === undefined ? [] : missing(kept, next);
  if (lost.length > 0) {
    const what = `stores ${lost.join(", ")}, which the new definition has no more`;
    const allowed = (next?.spec.versions ?? []).map(({ name }) => name).join(", ");
    return [{ check: "crds", level: "blocking", where, what, allowed, mend: migrate, source }];
  }
  const absent = missing(kept, { metadata, spec });
  if (absent.length > 0) {
    const what = `status.storedVersions names ${absent.join(", ")}, which it has no more`;
    return [{ check: "crds", level: "blocking", where, what, allowed: storage, mend: migrate, source }];
  }
  const old = kept.filter((version) => version !== storage);
  if (old.length === 0) return [];
  const what = `may still store objects as ${old.join(", ")}; a definition without it is refused`;
  return [{ check: "crds", level: "warning", where, what, allowed: `${storage} alone`, mend: migrate, source }];
}

const missing = (kept: readonly string[], { spec }: Definition): readonly string[] =>
  kept.filter((version) => !spec.versions.some(({ name }) => name === version));

function deprecated({ metadata, spec }: Definition): readonly Finding[] {
  const old = spec.versions.filter((version) => version.served && version.deprecated === true);
  return old.map(({ name }) => ({
    check: "crds",
    level: "warning",
    where: `CustomResourceDefinition ${metadata.name}`,
    what: `${name} is deprecated`,
    allowed: spec.versions.flatMap((one) => (one.served && one.deprecated !== true ? [one.name] : [])).join(", "),
    mend: `write these objects in another version before the one who defines them drops ${name}`,
    source,
  }));
}
