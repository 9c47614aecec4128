import { z } from "zod";

import { strictObject } from "./strict-object.ts";

/**
 * Where Flagger tells people how releases go. The address, `alertsAddress`, is a secret: who knows it may write there.
 * Kinds: fluxcd/flagger, artifacts/flagger/crd.yaml, AlertProvider.
 */
export const alertsSchema = strictObject({
  /** What answers at the address. Default `slack`, which many chat servers understand. */
  type: z.enum(["slack", "msteams", "discord", "rocket", "gchat"]).default("slack"),
  /** Channel, where the address leaves the choice. Default: the address's own. */
  channel: z.string().min(1).optional(),
});

export type AlertsConfig = Readonly<z.output<typeof alertsSchema>>;
