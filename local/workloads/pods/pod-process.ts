import { rm } from "node:fs/promises";
import { setTimeout as delay } from "node:timers/promises";

import { knownCause } from "../../processes/logs.ts";
import type { Container, Pod } from "../cluster/objects.ts";

import { BackOff } from "./back-off.ts";
import { containerCreating, crashLoop, foundDead, running, terminated } from "./container-state.ts";
import type { ContainerReport, Exit } from "./container-state.ts";
import { keepProbing } from "./probe.ts";
import { planProgram } from "./program.ts";
import type { Program } from "./program.ts";
import type { ServingPod } from "./serving-pod.ts";
import { preparePodFolder, spawnProgram } from "./spawn.ts";
import type { PodFolder, Running } from "./spawn.ts";

/** What a pod's process needs from around it. */
export interface PodSurroundings {
  readonly binary: string;
  /** A folder for this pod alone; deleted with the pod. */
  readonly folder: string;
  /** Added to the environment of the program. */
  readonly env: Readonly<Record<string, string>>;
  /** The arguments that bind the program to loopback and to this folder. */
  readonly arguments: (port: number, folder: PodFolder) => readonly string[];
  /** A free loopback port. */
  readonly choosePort: () => Promise<number>;
  /** Called after every change of what `report` gives. */
  readonly onChange: () => void;
}

/** The process behind one pod: started, probed, started again when it ends, ended with the pod. */
export class PodProcess implements ServingPod {
  /** Undefined before the first start. */
  port: number | undefined;
  /** True from the first sign of the pod's end on: no new request may go there. */
  terminating = false;
  private current: Running | undefined;
  private program: Program | undefined;
  private report_: ContainerReport;
  private readonly stopping = new AbortController();
  private readonly done: Promise<void>;

  constructor(
    readonly pod: Pod,
    private readonly container: Container,
    private readonly around: PodSurroundings,
  ) {
    const earlier = pod.status?.containerStatuses?.find(({ name }) => name === container.name);
    this.report_ = { state: containerCreating, ready: false, ...foundDead(earlier) };
    this.done = this.run().catch((error: unknown) => console.error(`${this.name}: ${String(error)}`));
  }

  get name(): string {
    return `${this.pod.metadata.namespace}/${this.pod.metadata.name}`;
  }

  /** What the pod's status should say. */
  get report(): ContainerReport {
    return this.report_;
  }

  /** Whether users may be sent here. */
  get serves(): boolean {
    return this.report_.ready && !this.terminating;
  }

  /**
   * Ends the process as a kubelet does: the `preStop` sleep, SIGTERM, and SIGKILL when the grace period, counted from
   * now, is over. Returns when it has ended and its folder is deleted.
   */
  async end(graceSeconds: number): Promise<void> {
    if (!this.terminating) {
      this.terminating = true;
      const kill = setTimeout(() => this.kill(), graceSeconds * 1000);
      const preStop = Math.min(this.program?.preStopSeconds ?? 0, graceSeconds);
      if (this.current !== undefined) await Promise.race([delay(preStop * 1000), this.current.exited]);
      this.stopping.abort();
      this.current?.signal("SIGTERM");
      await this.done.finally(() => clearTimeout(kill));
      await rm(this.around.folder, { recursive: true, force: true, maxRetries: 3 });
    }
    await this.done;
  }

  /** SIGKILL, at once. */
  kill(): void {
    this.stopping.abort();
    this.current?.signal("SIGKILL");
  }

  private update(change: Partial<ContainerReport>): void {
    this.report_ = { ...this.report_, ...change };
    this.around.onChange();
  }

  private async run(): Promise<void> {
    const { signal } = this.stopping;
    const folder = await preparePodFolder(this.around.folder);
    const waits = new BackOff();
    this.update({});
    while (!signal.aborted) {
      const exit = await this.runOnce(folder);
      if (signal.aborted) return;
      // Between the choice of a port and its use somebody else took it: no fault of the release.
      if (exit.code !== 0 && knownCause(exit.message.split("\n"))?.kind === "port-taken") continue;
      const seconds = waits.afterExit((exit.finishedAt.getTime() - exit.startedAt.getTime()) / 1000);
      const ended = terminated(exit);
      console.log(`${this.name}: ended with ${ended.terminated?.exitCode}; starts again in ${seconds} s`);
      this.update({ state: seconds > 0 ? crashLoop(this.name, seconds) : ended, lastState: ended });
      await delay(seconds * 1000, undefined, { signal }).catch(() => undefined);
      this.report_ = { ...this.report_, restartCount: this.report_.restartCount + 1 };
    }
  }

  /** One life of the process. */
  private async runOnce(folder: PodFolder): Promise<Exit> {
    const port = await this.around.choosePort();
    const local = { env: this.around.env, args: this.around.arguments(port, folder) };
    const program = (this.program = planProgram(this.pod, this.container, local));
    const current = await spawnProgram(this.around.binary, program, folder);
    this.current = current;
    this.port = port;
    // The pod may have gone while the process was being started.
    if (this.stopping.signal.aborted) current.signal("SIGKILL");
    const life = new AbortController();
    this.update({ state: running(current.startedAt), pid: current.pid, ready: program.readiness === undefined });
    if (program.readiness !== undefined)
      void keepProbing(program.readiness, port, false, life.signal, (ready) => this.update({ ready }));
    if (program.liveness !== undefined)
      void keepProbing(program.liveness, port, true, life.signal, (alive) => alive || this.restart(current));
    const exit = await current.exited;
    life.abort();
    this.current = undefined;
    const { pid: _, ...rest } = this.report_;
    this.report_ = { ...rest, ready: false };
    return exit;
  }

  /** What follows on a liveness probe that failed. */
  private restart(unwell: Running): void {
    console.log(`${this.name}: its liveness probe fails; ending it`);
    unwell.signal("SIGTERM");
    const grace = this.pod.spec.terminationGracePeriodSeconds ?? 30;
    const kill = setTimeout(() => unwell.signal("SIGKILL"), grace * 1000);
    void unwell.exited.then(() => clearTimeout(kill));
  }
}
