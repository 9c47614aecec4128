import type { PlatformConfig } from "../infra/config/index.ts";
import { parseConfig } from "../infra/config/parse.ts";
import { secretKeys } from "../infra/config/secret-keys.ts";
import { discover } from "../infra/delivery/discovery.ts";
import { deliveryEnvironments } from "../infra/delivery/environment.ts";
import type { DeliveryEnvironment } from "../infra/delivery/environment.ts";
import { readStackConfig } from "../rehearsal/index.ts";

import { localStack } from "./engines/stack-file.ts";
import { projectDirectory } from "./layout.ts";

/** What the local stack declares, as far as the platform around it must know. */
export interface LocalProgram {
  readonly config: PlatformConfig;
  readonly environments: readonly DeliveryEnvironment[];
}

/**
 * Reads the local stack as the program will see it, before anything is started.
 * @param stackFile default: `Pulumi.local.yaml` of the project
 * @throws an error that lists every problem of the configuration and of the folders under `apps/`
 */
export function readLocalProgram(stackFile?: string): LocalProgram {
  const stack = readStackConfig({ stack: localStack, project: projectDirectory, stackFile });
  const prefix = `${stack.project.name}:`;
  const values = Object.entries(stack.values)
    .filter(([key]) => key.startsWith(prefix))
    .map(([key, value]) => [key.slice(prefix.length), value] as const)
    .filter(([key]) => !(secretKeys as readonly string[]).includes(key));
  const parsed = parseConfig(Object.fromEntries(values));
  if ("error" in parsed) throw new Error(parsed.error);
  const { config } = parsed;
  const { deployments } = discover(projectDirectory, config.environments, config.applications);
  return { config, environments: deliveryEnvironments(config.environments, config.delivery, deployments) };
}
