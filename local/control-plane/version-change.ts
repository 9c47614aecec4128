import { existsSync } from "node:fs";

import type { Layout } from "../layout.ts";
import { readState, updateState } from "../processes/state.ts";
import { kubernetesTools } from "../tools/kubernetes-versions.ts";

/** What a start does to the Kubernetes version of a platform. */
export type VersionChange =
  | { readonly kind: "first" | "same"; readonly to: string }
  | { readonly kind: "upgrade"; readonly from: string; readonly to: string };

/**
 * What starting a platform with `to` means for its data.
 * @param from the version that last wrote the data; undefined for a platform that has none
 * @param where the folder of the platform, for errors
 * @throws Error for an older minor, or for one that is not the next: neither is supported on the same data
 */
export function versionChange(from: string | undefined, to: string, where: string): VersionChange {
  if (from === undefined) return { kind: "first", to };
  const step = minorOf(to) - minorOf(from);
  if (step < 0) {
    throw new Error(
      `${where} ran Kubernetes ${from}: ${to} cannot go on with its data, which the newer version may have written in ` +
        `ways that the older one does not read; start with ${family(from)}, or make a new platform (npm stop -- --purge)`,
    );
  }
  if (step > 1) {
    const next = `v1.${minorOf(from) + 1}`;
    throw new Error(
      `${where} ran Kubernetes ${from}: ${to} skips ${next}, and the control plane goes up one minor at a time; start ` +
        `with ${next} first, from a checkout of this project that has it, or make a new platform (npm stop -- --purge)`,
    );
  }
  return step === 0 ? { kind: "same", to } : { kind: "upgrade", from, to };
}

/**
 * The same for a platform on disk; asks, changes nothing.
 * @throws as `versionChange`
 */
export async function plannedVersionChange(layout: Layout, to: string): Promise<VersionChange> {
  const { kubernetes } = await readState(layout);
  // Data without a record was written before there was a choice, by the newest version.
  const before = kubernetes ?? (existsSync(layout.etcd) ? kubernetesTools()[0].version : undefined);
  return versionChange(before, to, layout.directory);
}

/** Remembers the version whose API server is about to write the data. */
export function rememberVersion(layout: Layout, version: string): Promise<void> {
  return updateState(layout, (state) =>
    Promise.resolve({ state: { ...state, kubernetes: version }, result: undefined }),
  );
}

/** Of "v1.36.3": 36. */
function minorOf(version: string): number {
  return Number(version.split(".")[1]);
}

function family(version: string): string {
  return version.split(".", 2).join(".");
}
