import { UsageError } from "../errors.ts";

/** A Kubernetes version, as far as upgrades compare it. */
export interface KubernetesVersion {
  /** As it was given, without a leading "v": "1.36" or "1.36.3-eks-1234567". */
  readonly text: string;
  /** Of "1.36.3": 36. */
  readonly minor: number;
}

/** Reads "1.36", "v1.36.3" and "v1.36.3-eks-1234567"; undefined for anything else, such as the version of KWOK. */
export function readVersion(given: string): KubernetesVersion | undefined {
  const found = /^v?(1\.(\d+)(?:\.\d+)?(?:[-+][\w.+-]+)?)$/.exec(given.trim());
  return found === null ? undefined : { text: found[1] ?? "", minor: Number(found[2]) };
}

/**
 * The version that an option names.
 * @throws UsageError for what is no Kubernetes version
 */
export function versionOption(option: string, given: string): KubernetesVersion {
  const version = readVersion(given);
  if (version !== undefined) return version;
  throw new UsageError(`${option} "${given}": no Kubernetes version; give for example 1.36 or v1.36.3`);
}

/** "1.36" of 36. */
export const minorName = (minor: number): string => `1.${minor}`;
