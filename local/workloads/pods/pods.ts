import { join } from "node:path";

import { isNotFound } from "../../kubernetes/api-error.ts";
import type { RestClient } from "../../kubernetes/rest-client.ts";
import type { Container, Pod } from "../cluster/objects.ts";
import { podFolderName } from "../folder.ts";

import { PodProcess } from "./pod-process.ts";
import { isReportedReady } from "./pod-status.ts";
import { choosePodPort } from "./ports.ts";
import { programOf } from "./program.ts";
import { StatusReporter, podPath } from "./report-status.ts";
import type { PodFolder } from "./spawn.ts";

export interface PodsOptions {
  readonly client: RestClient;
  /** The mirrored pods, by `<namespace>/<name>`. */
  readonly pods: ReadonlyMap<string, Pod>;
  /** The podinfo program: a path. */
  readonly binary: string;
  /** The folder below which each pod has one of its own. */
  readonly directory: string;
  /** Variables that every program of that namespace gets. */
  readonly environment: (namespace: string) => Readonly<Record<string, string>>;
  /** Called when a process came, went, became ready or unready. */
  readonly onChange: () => void;
  readonly signal: AbortSignal;
}

/**
 * The arguments that keep podinfo on loopback (cmd/podinfo/main.go): its metrics and gRPC servers would listen on all
 * addresses, so they stay off; the metrics are on the HTTP port too.
 */
function localArguments(port: number, folder: PodFolder): readonly string[] {
  const off = ["--port-metrics=0", "--grpc-port=0", "--secure-port=0"];
  return ["--host=127.0.0.1", `--port=${port}`, ...off, `--data-path=${folder.data}`];
}

/** The processes behind all pods that have one. */
export class Pods {
  private readonly processes = new Map<string, PodProcess>();
  private readonly reporter: StatusReporter;

  constructor(private readonly options: PodsOptions) {
    this.reporter = new StatusReporter(options.client, options.signal);
  }

  /** Every process there is, those that are ending included. */
  all(): readonly PodProcess[] {
    return [...this.processes.values()];
  }

  /** The process of the pod `<namespace>/<name>`. */
  get(key: string): PodProcess | undefined {
    return this.processes.get(key);
  }

  /** Brings the processes of these pods to what the API server says of them. */
  reconcile(keys: readonly string[]): void {
    for (const key of keys) this.reconcileOne(key);
  }

  /** SIGKILL for all: this machine's node goes off. */
  killAll(): void {
    for (const one of this.processes.values()) one.kill();
  }

  private reconcileOne(key: string): void {
    const pod = this.options.pods.get(key);
    const known = this.processes.get(key);
    if (known !== undefined && known.pod.metadata.uid !== pod?.metadata.uid) {
      // Deleted without grace: nobody waits for it.
      this.processes.delete(key);
      known.kill();
      void known.end(0);
      this.options.onChange();
    }
    if (pod === undefined) return;
    const container = programOf(pod);
    if (container === undefined || pod.spec.nodeName === undefined) return;
    const process = this.processes.get(key);
    if (pod.metadata.deletionTimestamp !== undefined) this.end(key, pod, process);
    else if (process === undefined) this.begin(key, pod, container);
    // The node controller marks pods of a node that was silent; what is true is said again.
    else if (isReportedReady(pod) !== process.report.ready && !this.reporter.isBusy(pod.metadata.uid))
      this.report(key, pod.metadata.uid);
  }

  private begin(key: string, pod: Pod, container: Container): void {
    const { phase, podIP } = pod.status ?? {};
    // KWOK gives the address first.
    if (podIP === undefined || (phase !== "Pending" && phase !== "Running")) return;
    const { uid, namespace, name } = pod.metadata;
    const started = new PodProcess(pod, container, {
      binary: this.options.binary,
      folder: join(this.options.directory, podFolderName(namespace, name)),
      env: { ...this.options.environment(namespace), HOSTNAME: name },
      arguments: localArguments,
      choosePort: () => choosePodPort(this.all().flatMap(({ port }) => (port === undefined ? [] : [port]))),
      onChange: () => {
        this.report(key, uid);
        this.options.onChange();
      },
    });
    this.processes.set(key, started);
  }

  private report(key: string, uid: string): void {
    this.reporter.send(uid, () => {
      const pod = this.options.pods.get(key);
      const process = this.processes.get(key);
      if (pod?.metadata.uid !== uid || process === undefined) return undefined;
      return { pod, report: process.report };
    });
  }

  private end(key: string, pod: Pod, process: PodProcess | undefined): void {
    if (process?.terminating === true) return;
    const grace = pod.metadata.deletionGracePeriodSeconds ?? pod.spec.terminationGracePeriodSeconds ?? 30;
    const ended = process === undefined ? Promise.resolve() : process.end(grace);
    this.options.onChange();
    void ended.then(() => this.forget(pod));
  }

  /** Says to the API server that nothing of the pod runs any more, which removes it. Tried until it is so. */
  private async forget(pod: Pod): Promise<void> {
    while (!this.options.signal.aborted) {
      try {
        await this.options.client.delete(podPath(pod), { gracePeriodSeconds: 0 });
        return;
      } catch (error) {
        if (isNotFound(error)) return;
        console.error(`${podPath(pod)}: ${error instanceof Error ? error.message : String(error)}; trying again`);
        await new Promise((resolve) => setTimeout(resolve, 500));
      }
    }
  }
}
