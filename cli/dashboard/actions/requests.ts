import { z } from "zod";

import { environmentNames } from "../../../infra/environments.ts";
import type { ActionName, ActionRequests } from "../model.ts";
import { applicationParameter as application, revisionParameter } from "../server/parameters.ts";

const environment = z.enum(environmentNames);
/** One line; the commands have rules of their own on top. */
const text = z
  .string()
  .trim()
  .min(1)
  .max(500)
  .regex(/^[^\p{Cc}]*$/u, "is one line without control characters");
const dryRun = z.boolean().optional();

/** The shape of each request. A field that is not known is refused: it would be left out unseen. */
export const requestSchemas = {
  approve: z.strictObject({ application, environment, reason: text.optional(), dryRun }),
  promote: z.strictObject({ application: application.optional(), from: environment, to: environment, dryRun }),
  rollback: z.strictObject({
    application,
    environment,
    to: revisionParameter.optional(),
    reason: text.optional(),
    emergency: z.boolean().optional(),
    dryRun,
  }),
  freeze: z.strictObject({
    environment,
    applications: z.array(application).min(1).max(50).optional(),
    until: z.string().trim().min(1).max(40),
    reason: text,
    strict: z.boolean().optional(),
    dryRun,
  }),
  unfreeze: z.strictObject({ environment, application: application.optional(), reason: text.optional(), dryRun }),
} satisfies { readonly [Name in ActionName]: z.ZodType<Loose<ActionRequests[Name]>> };

/** As zod gives optional fields: present and undefined too. */
type Loose<T> = { readonly [Key in keyof T]: undefined extends T[Key] ? T[Key] | undefined : T[Key] };

export const actionNames = Object.keys(requestSchemas) as readonly ActionName[];

/** A request that has its shape. */
export type CheckedRequest<Name extends ActionName> = z.output<(typeof requestSchemas)[Name]>;
