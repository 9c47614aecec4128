import { readFile } from "node:fs/promises";
import { join } from "node:path";

import { parse } from "yaml";
import { z } from "zod";

import { environmentNames, environments } from "../../../infra/environments.ts";
import type { Environment } from "../../../infra/environments.ts";

/** A stack that the workflows deploy, and the branch it is deployed from. */
export interface Target {
  readonly stack: Environment;
  readonly branch: string;
}

/** The part of a stack file that may move an environment to another branch; the program checks the rest. */
const stackFile = z
  .object({
    config: z
      .object({
        "gitops-platform:delivery": z
          .partialRecord(z.enum(environmentNames), z.looseObject({ branch: z.string().optional() }))
          .optional(),
      })
      .optional(),
  })
  .nullable();

/** The stack of each environment, in the order a change travels. Throws for a stack file that is missing or wrong. */
export async function readTargets(project: string): Promise<readonly Target[]> {
  return Promise.all(
    environmentNames.map(async (stack) => {
      const file = join(project, `Pulumi.${stack}.yaml`);
      const parsed = stackFile.safeParse(parse(await readFile(file, "utf8")));
      if (!parsed.success) throw new Error(`${file}: ${z.prettifyError(parsed.error)}`);
      const own = parsed.data?.config?.["gitops-platform:delivery"]?.[stack]?.branch;
      return { stack, branch: own ?? environments[stack].branch };
    }),
  );
}

/**
 * The stacks that a push to a branch deploys: one, or several for a team with one branch.
 * @throws for a branch that none follows
 */
export async function targetsOf(project: string, branch: string): Promise<readonly Target[]> {
  const targets = await readTargets(project);
  const found = targets.filter((target) => target.branch === branch);
  if (found.length > 0) return found;
  const allowed = targets.map((target) => `${target.branch} (${target.stack})`).join(", ");
  throw new Error(`branch "${branch}" deploys no stack: allowed are ${allowed}`);
}
