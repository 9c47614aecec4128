import { choosePorts, tcpProbe } from "../../processes/index.ts";
import type { ProcessSpec } from "../../processes/index.ts";
import { processNames } from "../names.ts";

import type { ProcessContext } from "./context.ts";

/** Redis: a cache in memory. After a restart the others fill it again. */
export async function redis(context: ProcessContext): Promise<ProcessSpec> {
  const ports = await choosePorts(context.layout, processNames.redis, ["redis"]);
  return {
    name: processNames.redis,
    command: context.tools.redis.path,
    args: [`127.0.0.1:${ports.redis}`],
    env: { REDIS_PASSWORD: context.redisPassword, GOMEMLIMIT: "64MiB" },
    ports,
    ready: tcpProbe(ports.redis),
  };
}
