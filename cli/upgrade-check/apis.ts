import type { Finding, FoundObject } from "./model.ts";
import { removedApis, removedApisReadAt, removedApisSource as source } from "./removed-apis.ts";
import { minorName } from "./version.ts";
import type { KubernetesVersion } from "./version.ts";

/** Objects in API versions that the target does not serve, or warns of. */
export function apiFindings(objects: readonly FoundObject[], to: KubernetesVersion): readonly Finding[] {
  const found = objects.flatMap((object) => judge(object, to));
  const places = new Set(objects.map(({ where }) => where));
  const fine: Finding = {
    check: "apis",
    level: "fine",
    where: `${objects.length} objects in ${places.size} places`,
    what: `every API version is served by ${minorName(to.minor)} without a warning`,
    source,
  };
  const all = found.length === 0 && objects.length > 0 ? [fine] : found;
  return to.minor > removedApisReadAt ? [...all, beyond(to)] : all;
}

function judge({ where, apiVersion, kind, name }: FoundObject, to: KubernetesVersion): readonly Finding[] {
  const row = removedApis.find((one) => one.apiVersion === apiVersion && one.kinds.includes(kind));
  if (row === undefined || to.minor < row.deprecated) return [];
  const gone = to.minor >= row.removed;
  const since = gone
    ? `${apiVersion} is not served from ${minorName(row.removed)} on`
    : `${apiVersion} is deprecated since ${minorName(row.deprecated)} and goes in ${minorName(row.removed)}`;
  const allowed = row.instead ?? "no other version of this kind is declared";
  const mend =
    row.instead === undefined
      ? `remove it before ${minorName(row.removed)}`
      : `write apiVersion: ${row.instead}, and compare its fields with the guide`;
  return [
    {
      check: "apis",
      level: gone ? "blocking" : "warning",
      where: `${where}: ${kind}/${name}`,
      what: since,
      allowed,
      mend,
      source,
    },
  ];
}

function beyond(to: KubernetesVersion): Finding {
  return {
    check: "apis",
    level: "unknown",
    where: "table of removed API versions",
    what: `it was read at ${minorName(removedApisReadAt)}, and ${minorName(to.minor)} may remove more`,
    allowed: `at most ${minorName(removedApisReadAt)}`,
    mend: "read the life cycles of that release into cli/upgrade-check/removed-apis.ts",
  };
}
