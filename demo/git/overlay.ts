import { isSeq } from "yaml";
import type { Document } from "yaml";

/** An application of the sample, in the environment that the demo plays in. */
export interface Stage {
  readonly namespace: string;
  readonly name: string;
}

/** The file that says everything of an application in an environment. */
export function overlayFile({ name, namespace }: Stage): string {
  return `apps/${name}/overlays/${namespace}/kustomization.yaml`;
}

/** One operation of a JSON patch. */
export interface Operation {
  readonly op: "add" | "replace" | "remove";
  readonly path: string;
  readonly value?: unknown;
}

/** Adds a patch for all objects of a kind to an overlay. */
export function addPatch(document: Document, kind: string, operations: readonly Operation[]): void {
  const patch = operations.map((operation) => `- ${JSON.stringify(operation)}\n`).join("");
  const node = document.createNode({ target: { kind }, patch });
  const patches = document.get("patches");
  if (isSeq(patches)) patches.add(node);
  else document.set("patches", [{ target: { kind }, patch }]);
}
