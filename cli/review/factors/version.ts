import semver from "semver";

import type { ChangedObject } from "../change/change.ts";
import { parseImage } from "../change/image.ts";
import { environmentScale } from "../weights.ts";
import type { WeightName } from "../weights.ts";

import { finding } from "./factor.ts";
import type { Factor } from "./factor.ts";

/** Jumps of images, charts and clusters between versions. */
export const version: Factor = ({ objects }, config) =>
  objects.flatMap((object) =>
    object.fields.flatMap(({ path, before, after }) => {
      if (typeof before !== "string" || typeof after !== "string" || before === after) return [];
      const weight = /(^|\.)image$/i.test(path) ? imageJump(before, after) : versionJump(object, path, before, after);
      if (weight === undefined) return [];
      const text = `"${object.name}" in ${object.place}: ${before} to ${after}`;
      return [finding(weight, config, { text, scale: environmentScale[object.place], file: object.file })];
    }),
  );

function imageJump(before: string, after: string): WeightName | undefined {
  const [old, new_] = [parseImage(before), parseImage(after)];
  if (old.repository !== new_.repository) return "version.source";
  return old.tag === new_.tag && old.tag !== undefined ? "version.unknown" : jump(old.tag, new_.tag);
}

/** Charts, EKS add-ons, and the cluster, whose minor versions are what others call major: APIs go with them. */
function versionJump(object: ChangedObject, path: string, before: string, after: string): WeightName | undefined {
  if (!/(^|\.)(version|targetRevision)$/.test(path)) return undefined;
  if (/^(eks|aws:eks\/cluster):/.test(object.type)) return jump(`${before}.0`, `${after}.0`, "minor");
  return /helm|chart|addon|argoproj\.io.*Application/i.test(object.type) ? jump(before, after) : undefined;
}

function jump(
  before: string | undefined,
  after: string | undefined,
  breaking: "major" | "minor" = "major",
): WeightName | undefined {
  const [old, new_] = [semver.coerce(before), semver.coerce(after)];
  if (old === null || new_ === null) return "version.unknown";
  if (semver.lt(new_, old)) return "version.downgrade";
  // Below 1.0.0 the minor version is the one that breaks (semver.org, 4).
  const minorBreaks = breaking === "minor" || old.major === 0;
  return new_.major > old.major || (minorBreaks && new_.minor > old.minor) ? "version.major" : undefined;
}
