import { layout } from "../../../local/layout.ts";
import { describeEvent } from "../../../local/tools/describe-event.ts";
import { ensureTools } from "../../../local/tools/ensure.ts";

/** kustomize is missing and cannot be built here. The overlays are then left out, and said to be. */
export class NoKustomize extends Error {
  override readonly name = "NoKustomize";
}

/**
 * Path of the pinned kustomize, the one that the local Argo CD renders with; built once when it is missing.
 * @throws NoKustomize that says how to go on when it is missing and cannot be built (no Go, no network)
 */
export async function findKustomize(signal: AbortSignal): Promise<string> {
  try {
    const tools = await ensureTools({
      names: ["kustomize"],
      signal,
      logDirectory: layout().logs,
      // On standard error: standard output is the plan's.
      onEvent: (event) => {
        if (event.kind !== "found") console.error(describeEvent(event));
      },
    });
    return tools.kustomize.path;
  } catch (error) {
    signal.throwIfAborted();
    const why = error instanceof Error ? error.message.split("\n")[0] : String(error);
    throw new NoKustomize(`there is no kustomize: ${why}; \`npm run tools -- kustomize\` builds it (needs Go)`, {
      cause: error,
    });
  }
}
