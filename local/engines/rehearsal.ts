import { apply } from "../../rehearsal/index.ts";
import { projectDirectory } from "../layout.ts";

import { describeClusterEvent } from "./describe-cluster-event.ts";
import type { Engine } from "./engine.ts";
import { localContext, localStack } from "./stack-file.ts";

/** The program in this process, on Pulumi's mock monitor, with server-side apply. Needs no CLI and no plugin. */
export const rehearsalEngine: Engine = async ({ layout, stackFile, onProgress, signal }) => {
  const applied = await apply({
    stack: localStack,
    project: projectDirectory,
    stackFile,
    kubeconfig: layout.kubeconfig,
    context: localContext,
    signal,
    onEvent: (event) => onProgress(describeClusterEvent(event)),
  });
  return `${applied.resources.length} resources`;
};
