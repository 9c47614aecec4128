import { z } from "zod";

/** The name of a folder under apps/, as the commands take it. */
export const applicationParameter = z
  .string()
  .regex(/^[a-z0-9]([-a-z0-9]{0,61}[a-z0-9])?$/, "is no name of an application; give for example app");

/** A commit, whole or abbreviated. */
export const revisionParameter = z
  .string()
  .regex(/^[0-9a-f]{7,64}$/, "is no commit; give 7 or more of its hexadecimal digits");
