/**
 * The environment of a Go program that should stay small.
 *
 * GOGC below Go's 100 collects earlier: the control plane is idle most of the time, so the machine has the time for it
 * and not the memory. GOMEMLIMIT is soft (runtime documentation, "Memory limit"): above it, Go collects harder and
 * does not fail.
 *
 * @param softLimitMiB for GOMEMLIMIT: well above what the program holds. A limit that its live heap comes near makes Go
 *   collect without a pause: at 400 MiB, with the CRDs of all controllers, the API server took a quarter of a core idle.
 */
export function smallGoProgram(softLimitMiB: number): Readonly<Record<string, string>> {
  return { GOGC: "50", GOMEMLIMIT: `${softLimitMiB}MiB` };
}
