import { existsSync } from "node:fs";
import { readFile, writeFile } from "node:fs/promises";
import { join } from "node:path";

import { isMap, isScalar, isSeq, parse, parseDocument, stringify } from "yaml";

/** On the pod template: makes it another one than what failed and than what ran before. */
export const rolledBackAnnotation = "gitops.platform/rolled-back-from";

/** Names that kustomize looks for (kubernetes-sigs/kustomize, api/konfig/general.go). */
export const kustomizationNames = ["kustomization.yaml", "kustomization.yml", "Kustomization"] as const;

/** The kustomization of an overlay, or undefined when there is none. */
export function kustomizationFile(overlay: string): string | undefined {
  return kustomizationNames.map((name) => join(overlay, name)).find((file) => existsSync(file));
}

const patchOf = (revision: string): string =>
  stringify({
    apiVersion: "apps/v1",
    kind: "Deployment",
    // kustomize wants a name; the target below says which Deployments are meant.
    metadata: { name: "any" },
    spec: { template: { metadata: { annotations: { [rolledBackAnnotation]: revision } } } },
  }).trimEnd();

/** Whether an entry of `patches` is the one that `annotate` writes. */
function isOurs(patch: unknown): boolean {
  if (typeof patch !== "string") return false;
  try {
    const content = parse(patch) as { spec?: { template?: { metadata?: { annotations?: object } } } } | null;
    return rolledBackAnnotation in (content?.spec?.template?.metadata?.annotations ?? {});
  } catch {
    return false;
  }
}

/**
 * Says in an overlay, on the pod template of its Deployment, which revision was taken back. After a failed analysis
 * Flagger starts another one only for a pod template that it has not seen: without this the way back to the promoted
 * state would leave the Canary Failed for good.
 *
 * A later release keeps the annotation, and need not care: its own pod template is another one anyway. The next
 * rollback changes its value.
 * @returns whether there was a kustomization to say it in
 */
export async function annotate(overlay: string, revision: string): Promise<boolean> {
  const file = kustomizationFile(overlay);
  if (file === undefined) return false;
  const text = await readFile(file, "utf8");
  const document = parseDocument(text);
  if (document.errors.length > 0) throw document.errors[0] ?? new Error(`"${file}" is no YAML`);
  const content = patchOf(revision);
  const patches = document.get("patches");
  const ours = isSeq(patches) ? patches.items.find((item) => isMap(item) && isOurs(item.get("patch"))) : undefined;
  if (isMap(ours)) {
    const value = ours.get("patch", true);
    if (isScalar(value)) value.value = content;
  } else {
    const entry = document.createNode({ patch: content, target: { kind: "Deployment" } });
    if (isSeq(patches)) patches.add(entry);
    else document.set("patches", [entry]);
  }
  // kustomize edit writes lists at the column of their key; a file that is indented otherwise stays as it is.
  const indentSeq = !/^[A-Za-z]+:\s*\n- /m.test(text);
  await writeFile(file, document.toString({ lineWidth: 0, indentSeq, flowCollectionPadding: true }));
  return true;
}
