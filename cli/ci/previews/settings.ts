import { parseConfig } from "../../../infra/config/parse.ts";
import type { PreviewsConfig } from "../../../infra/config/previews.ts";
import { secretKeys } from "../../../infra/config/secret-keys.ts";
import { readStackConfig } from "../../../rehearsal/index.ts";

/**
 * What a stack says of previews.
 * @throws Error that lists every problem of the stack's configuration, and when it has no previews of pull requests
 */
export function readPreviewSettings(project: string, stack: string): PreviewsConfig {
  const { project: file, values } = readStackConfig({ stack, project });
  const prefix = `${file.name}:`;
  const own = Object.entries(values)
    .filter(([key]) => key.startsWith(prefix))
    .map(([key, value]) => [key.slice(prefix.length), value] as const)
    .filter(([key]) => !(secretKeys as readonly string[]).includes(key));
  const parsed = parseConfig(Object.fromEntries(own));
  if ("error" in parsed) throw new Error(parsed.error);
  const { previews } = parsed.config;
  if (previews.source === "pullRequests") return previews;
  throw new Error(
    `stack "${stack}": previews.source is "${previews.source}"; allowed here: "pullRequests"; name the stack that has previews`,
  );
}
