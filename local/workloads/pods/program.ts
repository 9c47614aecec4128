import type { Container, Pod, Probe } from "../cluster/objects.ts";

import { podEnvironment } from "./environment.ts";

/** The container and the command by which a pod is known to be one that runs for real; see kwok-stages.ts too. */
export const programContainer = "app";
export const programCommand = "./podinfo";

/** How one probe asks; the defaults are those of core/v1 Probe (k8s.io/api core/v1/types.go). */
export interface ProbePlan {
  readonly path: string;
  readonly initialDelaySeconds: number;
  readonly periodSeconds: number;
  readonly timeoutSeconds: number;
  readonly successThreshold: number;
  readonly failureThreshold: number;
}

/** What to run for a pod. */
export interface Program {
  readonly args: readonly string[];
  readonly env: Readonly<Record<string, string>>;
  /** Undefined: ready as soon as it runs. */
  readonly readiness: ProbePlan | undefined;
  /** Undefined: alive as long as it runs. */
  readonly liveness: ProbePlan | undefined;
  /** The sleep of `preStop`: how long the process goes on after its pod's end was announced. */
  readonly preStopSeconds: number;
}

/** The container of the pod that runs for real; undefined for a pod that KWOK alone looks after. */
export function programOf(pod: Pod): Container | undefined {
  return pod.spec.containers.find(({ name, command }) => name === programContainer && command?.[0] === programCommand);
}

/**
 * The program of a pod with everything that a kubelet would work out.
 *
 * @param container what `programOf` found
 * @param local what is different on this machine: added to the environment and after the pod's own arguments, as
 *   the last of equal flags wins (spf13/pflag)
 */
export function planProgram(
  pod: Pod,
  container: Container,
  local: { readonly env: Readonly<Record<string, string>>; readonly args: readonly string[] },
): Program {
  const own = podEnvironment(pod, container);
  const expand = (text: string): string => expandVariables(text, own);
  const args = [...(container.command ?? []).slice(1), ...(container.args ?? [])].map(expand);
  return {
    args: [...args, ...local.args],
    env: { ...local.env, ...own },
    readiness: probePlan(container.readinessProbe),
    liveness: probePlan(container.livenessProbe),
    preStopSeconds: preStopSeconds(container),
  };
}

/** A `sleep` of its own, or the program of that name. */
function preStopSeconds({ lifecycle }: Container): number {
  const { sleep, exec } = lifecycle?.preStop ?? {};
  const [program, seconds] = exec?.command ?? [];
  return sleep?.seconds ?? (program === "sleep" ? Number(seconds) : 0);
}

/** `$(NAME)` of the container's own variables; `$$(NAME)` and unknown names stay (k8s.io/kubernetes third_party/forked/golang/expansion). */
function expandVariables(text: string, env: Readonly<Record<string, string>>): string {
  return text.replaceAll(/\$\$|\$\(([^)]*)\)/g, (whole, name: string | undefined) =>
    whole === "$$" ? "$" : (env[name ?? ""] ?? whole),
  );
}

/** Only HTTP probes; there is no other kind in this project's applications. */
function probePlan(probe: Probe | undefined): ProbePlan | undefined {
  if (probe?.httpGet === undefined) return undefined;
  return {
    path: probe.httpGet.path ?? "/",
    initialDelaySeconds: probe.initialDelaySeconds ?? 0,
    periodSeconds: probe.periodSeconds ?? 10,
    timeoutSeconds: probe.timeoutSeconds ?? 1,
    successThreshold: probe.successThreshold ?? 1,
    failureThreshold: probe.failureThreshold ?? 3,
  };
}
