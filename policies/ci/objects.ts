import { isKind, spec } from "../model/kubernetes-object.ts";
import type { KubernetesObject } from "../model/kubernetes-object.ts";
import { fields, list, text } from "../model/values.ts";
import type { Fields } from "../model/values.ts";

const pipelines = "tekton.dev";
const triggers = "triggers.tekton.dev";

/** A container of CI and how messages call it. */
export interface Step {
  readonly name: string;
  readonly step: Fields;
}

/** Everything that runs of a Task, or of Tasks that are written out in a Pipeline or a run. */
export function stepsOf(object: KubernetesObject): readonly Step[] {
  return taskSpecs(object).flatMap(({ at, task }) => {
    const template = task["stepTemplate"];
    return [
      ...(template === undefined ? [] : [{ name: `${at}stepTemplate`, step: fields(template) }]),
      ...["steps", "sidecars"].flatMap((field) =>
        list(task[field]).map((one, index) => ({ name: `${at}${field}[${index}]`, step: fields(one) })),
      ),
    ];
  });
}

function taskSpecs(object: KubernetesObject): { readonly at: string; readonly task: Fields }[] {
  const of = spec(object);
  if (isKind(object, pipelines, "Task")) return [{ at: "", task: of }];
  if (isKind(object, pipelines, "StepAction")) return [{ at: "", task: { steps: [of] } }];
  if (isKind(object, pipelines, "TaskRun")) return [{ at: "taskSpec.", task: fields(of["taskSpec"]) }];
  const pipeline = isKind(object, pipelines, "PipelineRun") ? fields(of["pipelineSpec"]) : of;
  if (!isKind(object, pipelines, "Pipeline") && !isKind(object, pipelines, "PipelineRun")) return [];
  return ["tasks", "finally"].flatMap((field) =>
    list(pipeline[field]).map((one, index) => ({
      at: `${field}[${index}].taskSpec.`,
      task: fields(fields(one)["taskSpec"]),
    })),
  );
}

/** The object itself, and for a TriggerTemplate what it makes. */
export function withTemplates(object: KubernetesObject): readonly KubernetesObject[] {
  if (!isKind(object, triggers, "TriggerTemplate")) return [object];
  return list(spec(object)["resourcetemplates"])
    .map(fields)
    .flatMap(({ apiVersion, kind, ...rest }) =>
      typeof apiVersion === "string" && typeof kind === "string" ? [{ ...rest, apiVersion, kind }] : [],
    );
}

/** What an event must pass, by trigger: of a Trigger, and of the triggers that a listener writes out. */
export function interceptorsOf(
  object: KubernetesObject,
): readonly { readonly name: string; readonly interceptors: readonly Fields[] }[] {
  const of = spec(object);
  const interceptors = (holder: Fields) => list(holder["interceptors"]).map(fields);
  if (isKind(object, triggers, "Trigger")) return [{ name: "it", interceptors: interceptors(of) }];
  if (!isKind(object, triggers, "EventListener")) return [];
  // A triggerRef is judged where the Trigger is.
  const own = list(of["triggers"])
    .map(fields)
    .filter((one) => one["triggerRef"] === undefined);
  const named = (field: string, holders: readonly Fields[]) =>
    holders.map((one, index) => ({ name: text(one["name"]) ?? `${field}[${index}]`, interceptors: interceptors(one) }));
  return [...named("triggers", own), ...named("triggerGroups", list(of["triggerGroups"]).map(fields))];
}

export const isRun = (object: KubernetesObject): boolean =>
  isKind(object, pipelines, "PipelineRun") || isKind(object, pipelines, "TaskRun");
