import { z } from "zod";

import { quantity } from "./scalars.ts";
import { strictObject } from "./strict-object.ts";

/** What all workloads of a namespace may take together. */
export const quotaSchema = strictObject({
  requestsCpu: quantity,
  requestsMemory: quantity,
  limitsCpu: quantity,
  limitsMemory: quantity,
  pods: z.int().min(1),
});
