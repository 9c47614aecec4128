import { ApplyBackend, type ApplyContext } from "./apply-backend.ts";
import { ClusterApi } from "./cluster/api.ts";
import type { ClusterOptions } from "./cluster/connection.ts";
import { toObject, treatmentOf } from "./cluster/declared-object.ts";
import type { OnEvent } from "./cluster/events.ts";
import { toEntries, type DeclaredObject } from "./cluster/inventory-entry.ts";
import { Inventory } from "./cluster/inventory.ts";
import { identityKey } from "./cluster/kubernetes-object.ts";
import { removeObjects } from "./cluster/remove.ts";
import { RehearsalError } from "./errors.ts";
import { record, type ProgramOptions, type Recording } from "./record.ts";
import { runProgram } from "./runtime/run-program.ts";

/** What to apply, and where. */
export interface ApplyOptions extends ProgramOptions, ClusterOptions {
  readonly onEvent?: OnEvent | undefined;
  /** The namespace of the inventory. Default: kube-system. */
  readonly inventoryNamespace?: string | undefined;
  /** How long one object may take to become ready, in milliseconds. Default: 60,000. */
  readonly readyTimeout?: number | undefined;
  /** How long one object may take to be gone, in milliseconds. Default: 300,000. */
  readonly removeTimeout?: number | undefined;
}

/** What was applied; outputs are live. */
export type Applied = Pick<Recording, "resources" | "outputs" | "secretOutputs" | "config">;

/**
 * Runs a stack's program against an API server: each object is applied (server-side, by the field manager
 * `gitops-rehearsal`) as soon as what it depends on is there, and what an earlier apply made and the program no longer
 * declares is deleted afterwards. The list of objects is stored before the first change, so a killed apply leaks
 * nothing; the next one goes on.
 *
 * @throws RehearsalError that names the resource's URN and what the API server said. Nothing is deleted then.
 */
export async function apply(options: ApplyOptions): Promise<Applied> {
  const { onEvent, signal } = options;
  const planned = await record({ ...options, preview: true });
  const { project, stack } = planned.config;
  const problems = planned.resources.flatMap((resource) => problemOf(() => treatmentOf(resource)));
  if (problems.length > 0) throw new RehearsalError(problems.join("\n"));

  const api = new ClusterApi(options, signal);
  try {
    const location = { project: project.name, stack, namespace: options.inventoryNamespace };
    const inventory = await Inventory.open(api, location);
    const before = inventory.entries;
    const expected = toEntries(await plannedObjects(api, planned), planned.resources);
    const removed = [...before.keys()].filter((key) => !expected.has(key)).length;
    onEvent?.({ type: "planned", declared: expected.size, removed });
    await inventory.add(expected);

    const ready = { timeout: options.readyTimeout ?? 60_000, signal };
    const { answers, stackOutputs } = options;
    const context: ApplyContext = { api, inventory, answers, stackOutputs, onEvent, ready };
    const backend = new ApplyBackend(context);
    const { config } = planned;
    const result = await runProgram({ config, program: options.program, preview: false, backend, signal });

    const declared = toEntries(backend.objects, result.resources);
    await inventory.add(declared);
    const surplus = [...inventory.entries.values()].filter((entry) => !declared.has(identityKey(entry)));
    await removeObjects(api, inventory, surplus, { timeout: options.removeTimeout ?? 300_000, signal, onEvent });
    const { properties: outputs, secrets: secretOutputs } = result.outputs;
    return { resources: result.resources, outputs, secretOutputs, config };
  } finally {
    api.close();
  }
}

/**
 * The objects that the preview already names. A kind that is not served yet (its CRD comes with this apply) and a name
 * that is not known yet are left to be listed when they are applied.
 */
async function plannedObjects(api: ClusterApi, { resources }: Recording): Promise<readonly DeclaredObject[]> {
  const known = resources.filter((resource) => {
    const early = ["apiVersion", "kind", "metadata", "metadata.name", "metadata.namespace"];
    return treatmentOf(resource) === "apply" && !resource.unknownInputs.some((path) => early.includes(path));
  });
  const objects = await Promise.all(
    known.map(async (resource): Promise<readonly DeclaredObject[]> => {
      const object = toObject(resource);
      const { apiVersion, kind, metadata } = object;
      if ((await api.discovery.find(apiVersion, kind)) === undefined) return [];
      const { name, namespace } = metadata;
      return [{ identity: await api.identify({ apiVersion, kind, name, namespace }), object, resource }];
    }),
  );
  return objects.flat();
}

function problemOf(check: () => unknown): readonly string[] {
  try {
    check();
    return [];
  } catch (error) {
    return [(error as Error).message];
  }
}
