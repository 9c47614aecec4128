import type { ContainerState, ContainerStatus } from "../cluster/objects.ts";

/** What is to be told about the container of one pod. */
export interface ContainerReport {
  readonly state: ContainerState;
  readonly lastState: ContainerState;
  readonly restartCount: number;
  readonly ready: boolean;
  /** Process id of the running program. */
  readonly pid?: number;
}

/** How a process ended. */
export interface Exit {
  /** Undefined when a signal ended it. */
  readonly code: number | undefined;
  readonly signal?: string;
  /** The last lines that it wrote. */
  readonly message: string;
  readonly startedAt: Date;
  readonly finishedAt: Date;
  readonly pid?: number;
}

/** Signals by number, for exit codes: a shell's and a container runtime's 128 + n. Others than these are not sent here. */
const signalNumbers: Readonly<Record<string, number>> = {
  SIGHUP: 1,
  SIGINT: 2,
  SIGABRT: 6,
  SIGKILL: 9,
  SIGSEGV: 11,
  SIGTERM: 15,
};

/** The longest message that a kubelet passes on, in characters (MaxContainerTerminationMessageLogLength in pkg/kubelet/container/runtime.go). */
const longestMessage = 2048;

export function running(startedAt: Date): ContainerState {
  return { running: { startedAt: startedAt.toISOString() } };
}

export function terminated(exit: Exit): ContainerState {
  const exitCode = exit.code ?? 128 + (signalNumbers[exit.signal ?? ""] ?? 0);
  return {
    terminated: {
      exitCode,
      reason: exitCode === 0 ? "Completed" : "Error",
      ...(exitCode === 0 || exit.message === "" ? {} : { message: exit.message.slice(-longestMessage) }),
      startedAt: exit.startedAt.toISOString(),
      finishedAt: exit.finishedAt.toISOString(),
      ...(exit.pid === undefined ? {} : { containerID: containerId(exit.pid) }),
    },
  };
}

/** @param seconds of the wait */
export function crashLoop(pod: string, seconds: number): ContainerState {
  const message = `back-off ${seconds}s restarting failed container=app pod=${pod}`;
  return { waiting: { reason: "CrashLoopBackOff", message } };
}

export const containerCreating: ContainerState = { waiting: { reason: "ContainerCreating" } };

/** `process://<pid>`: the form that Kubernetes wants, `<type>://<id>`. */
export function containerId(pid: number): string {
  return `process://${pid}`;
}

/**
 * Where a container stands when this process finds its pod: nothing of it runs. Exit code and reason as containerd
 * gives them for containers that it finds dead after a reboot (unknownExitCode, 255, in its internal/cri/server).
 */
export function foundDead(earlier: ContainerStatus | undefined): Pick<ContainerReport, "lastState" | "restartCount"> {
  if (earlier === undefined) return { lastState: {}, restartCount: 0 };
  const { state, lastState, restartCount, containerID } = earlier;
  if (state.terminated !== undefined) return { lastState: state, restartCount: restartCount + 1 };
  // One that waited for its next start starts now.
  if (state.waiting?.reason === "CrashLoopBackOff")
    return { lastState: lastState ?? {}, restartCount: restartCount + 1 };
  if (state.running === undefined) return { lastState: lastState ?? {}, restartCount };
  const lost = {
    exitCode: 255,
    reason: "Unknown",
    startedAt: state.running.startedAt,
    finishedAt: new Date().toISOString(),
    ...(containerID === undefined ? {} : { containerID }),
  };
  return { lastState: { terminated: lost }, restartCount: restartCount + 1 };
}
