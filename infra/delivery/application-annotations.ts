import { annotations } from "../labels.ts";

import type { DeliveryApplication, DeliveryEnvironment } from "./environment.ts";
import { failureAnnotations } from "./failure-annotations.ts";

/** What an Application, or a Kustomization of Flux, says of itself: what follows a failure, and who may approve. */
export function applicationAnnotations(
  { fourEyes }: Pick<DeliveryEnvironment, "fourEyes">,
  { onFailure }: Pick<DeliveryApplication, "onFailure">,
): Record<string, string> {
  return { ...failureAnnotations(onFailure), [annotations.fourEyes]: String(fourEyes) };
}
