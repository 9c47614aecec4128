import { freezeText } from "../../freeze/report.ts";
import type { FreezeReport } from "../../freeze/report.ts";

/** What a command left. */
export interface Said {
  /** Its JSON document; null when it printed none. */
  readonly document: unknown;
  readonly stdout: string;
  readonly stderr: string;
}

/** The command's own words for a person: what its document says, else what it wrote. */
export function messageOf({ document, stdout, stderr }: Said): string {
  if (isFreeze(document)) {
    const { pullRequest, ...report } = document;
    return freezeText(pullRequest == null ? report : { ...report, pullRequest });
  }
  const reason =
    document !== null && typeof document === "object" && "reason" in document ? document.reason : undefined;
  if (typeof reason === "string" && reason !== "") return reason;
  const said = stderr.trim().replace(/^error: /, "");
  return said !== "" ? said : document === null ? stdout.trim() : "";
}

/** Of a freeze `reason` is why people want it, and not what came of it. */
const isFreeze = (document: unknown): document is FreezeReport & { readonly pullRequest?: unknown } =>
  document !== null && typeof document === "object" && "freezes" in document;
