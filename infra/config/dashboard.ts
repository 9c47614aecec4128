import { z } from "zod";

import { annotationKey } from "./annotation-key.ts";
import { crossCheck } from "./cross-check.ts";
import { digestedImage } from "./image.ts";
import { dns1123Label, hostName } from "./scalars.ts";
import { strictObject } from "./strict-object.ts";

const ingress = strictObject({
  /** Class of an ingress controller that the cluster has. */
  className: dns1123Label,
  /** Where the pods of the ingress controller run: nobody else gets to the page. */
  namespace: dns1123Label,
  /** How the ingress controller signs people in; at least one, because the page asks nobody itself. */
  annotations: z.record(annotationKey, z.string()).refine((given) => Object.keys(given).length > 0, {
    error:
      "empty; allowed: the annotations by which the ingress controller signs people in; without them whoever reaches " +
      "the address would see everything; add them (docs/dashboard.md)",
  }),
});

const fields = strictObject({
  /** Whether the page runs in the cluster. Default false. */
  enabled: z.boolean().default(false),
  /** Public host name. */
  host: hostName.optional(),
  /** What cli/dashboard/Dockerfile makes, by its digest. */
  image: digestedImage.optional(),
  ingress: ingress.optional(),
});

/** `gitops dashboard` in the cluster, read-only, behind an ingress that signs people in. */
export const dashboardSchema = crossCheck(fields, (dashboard, sound) => {
  if (!sound.whole("enabled")) return [];
  return (["host", "image", "ingress"] as const).flatMap((key) => {
    if (!sound.whole(key) || dashboard.enabled === (dashboard[key] !== undefined)) return [];
    const message = dashboard.enabled
      ? "missing; allowed: a value, because enabled is true; add it or set enabled to false"
      : "has no effect; allowed: only with enabled: true; remove it or add enabled: true";
    return [{ path: [key], message }];
  });
});

export type DashboardConfig = Readonly<z.output<typeof dashboardSchema>>;
