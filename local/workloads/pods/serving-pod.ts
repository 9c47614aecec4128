import type { Pod } from "../cluster/objects.ts";

/** A pod with a process, as the network sees it. */
export interface ServingPod {
  readonly pod: Pod;
  /** On loopback; undefined before its first start. */
  readonly port: number | undefined;
  /** Whether requests may be sent there. */
  readonly serves: boolean;
  /** Its end was announced. */
  readonly terminating: boolean;
}
