/**
 * How long a container that ended waits for its next start, in seconds: as a kubelet does it, 10 s doubled up to 5
 * minutes, forgotten after 10 minutes of running (MaxContainerBackOff in pkg/kubelet/kubelet.go of k8s.io/kubernetes
 * v1.36.3). The first restart is at once.
 */
const backOff = { first: 10, longest: 300, forgottenAfter: 600 } as const;

/** The waits of one container. */
export class BackOff {
  private next = 0;

  /** @param ranSeconds how long the container ran before it ended */
  afterExit(ranSeconds: number): number {
    if (ranSeconds >= backOff.forgottenAfter) this.next = 0;
    const wait = this.next;
    this.next = wait === 0 ? backOff.first : Math.min(wait * 2, backOff.longest);
    return wait;
  }
}
