import { createHash } from "node:crypto";

import { FlagdCore } from "@openfeature/flagd-core";
import type { FeatureFlag } from "@openfeature/flagd-core";

/** The flags of one source, as it was last understood. */
interface Source {
  readonly text: string;
  readonly core: FlagdCore;
}

/** What was wrong with a source, in words for its author. */
export interface FlagProblem {
  readonly namespace: string;
  readonly source: string;
  readonly message: string;
}

/** flagd-core writes what it finds to the console otherwise; problems are told through `FlagProblem` here. */
const silent = { error: () => undefined, warn: () => undefined, info: () => undefined, debug: () => undefined };

/**
 * The flag definitions of all namespaces, in flagd's JSON format. A namespace is one set of flags, made of any number
 * of sources (here ConfigMaps, one an application).
 *
 * A source that cannot be understood keeps its last good definitions, as flagd does it with a file.
 */
export class FlagSets {
  private readonly namespaces = new Map<string, Map<string, Source>>();

  /** @returns the problem, when the definitions cannot be understood */
  set(namespace: string, source: string, definitions: string): FlagProblem | undefined {
    const sources = this.namespaces.get(namespace) ?? new Map<string, Source>();
    this.namespaces.set(namespace, sources);
    if (sources.get(source)?.text === definitions) return undefined;
    const core = new FlagdCore(undefined, silent);
    try {
      core.setConfigurations(definitions);
      for (const flag of core.getFlags().values()) flag.validateStructure();
    } catch (error) {
      const cause = error instanceof Error && error.cause instanceof Error ? `: ${error.cause.message}` : "";
      const kept = sources.has(source) ? "its last good definitions stay" : "it has no flags yet";
      const message = `${error instanceof Error ? error.message : String(error)}${cause}; ${kept}`;
      return { namespace, source, message };
    }
    sources.set(source, { text: definitions, core });
    return undefined;
  }

  remove(namespace: string, source: string): void {
    this.namespaces.get(namespace)?.delete(source);
  }

  /** One flag; of two sources that define it the one whose name comes first. */
  flag(namespace: string, key: string): FeatureFlag | undefined {
    for (const core of this.cores(namespace)) {
      const found = core.getFlag(key);
      if (found !== undefined) return found;
    }
    return undefined;
  }

  /** All flags of a namespace, by key. */
  flags(namespace: string): ReadonlyMap<string, FeatureFlag> {
    const entries = this.cores(namespace).flatMap((core) => [...core.getFlags()]);
    // The first of equal keys wins.
    return new Map(entries.reverse());
  }

  /** Another value whenever a definition of the namespace is another. */
  version(namespace: string): string {
    const hash = createHash("sha256");
    for (const [name, { text }] of this.sorted(namespace)) hash.update(JSON.stringify([name, text]));
    return hash.digest("hex");
  }

  private cores(namespace: string): readonly FlagdCore[] {
    return this.sorted(namespace).map(([, { core }]) => core);
  }

  private sorted(namespace: string): readonly [string, Source][] {
    return [...(this.namespaces.get(namespace) ?? [])].sort(([a], [b]) => (a < b ? -1 : 1));
  }
}
