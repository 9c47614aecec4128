import type { ChartVersion } from "../../infra/versions.ts";

import type { Compatibility } from "./compatibility.ts";
import type { Finding } from "./model.ts";
import { minorName } from "./version.ts";
import type { KubernetesVersion } from "./version.ts";

/** Whether each chart's project says anything of the target. */
export function controllerFindings(
  charts: Readonly<Record<string, ChartVersion>>,
  table: Readonly<Partial<Record<string, Compatibility>>>,
  to: KubernetesVersion,
): readonly Finding[] {
  return Object.entries(charts).map(([name, chart]) => judge(chart, table[name], to));
}

function judge({ chart, version }: ChartVersion, entry: Compatibility | undefined, to: KubernetesVersion): Finding {
  const about = { check: "compatibility", where: `chart ${chart} ${version}` } as const;
  const minor = minorName(to.minor);
  const unknown = (what: string): Finding => ({
    ...about,
    level: "unknown",
    what,
    allowed: `a source that names ${minor}`,
    mend: "try it on a stack that nobody needs first; with a source, say so in cli/upgrade-check/compatibility.ts",
  });
  if (entry === undefined) return unknown("nobody looked for the Kubernetes versions that it is made for");
  if (entry.claim === "unknown") return unknown(entry.reason);
  const { release, least, greatest, claim, source } = entry;
  if (entry.chart !== version) return unknown(`what is known was read for chart ${entry.chart} (${release})`);
  const range = `${minorName(least)} to ${minorName(greatest)}`;
  if (to.minor >= least && to.minor <= greatest) {
    return { ...about, level: "fine", what: `${release} is ${claim} on ${range}`, source };
  }
  return {
    ...about,
    // Not one of these projects refuses to run elsewhere: it is untried, not impossible.
    level: "warning",
    what: `${release} is ${claim} on ${range}, and not on ${minor}`,
    allowed: range,
    mend:
      to.minor > greatest
        ? "raise the chart in infra/versions.ts to a release that names it, before Kubernetes; else try it on dev first"
        : "take a chart that still names it, or upgrade Kubernetes further",
    source,
  };
}
