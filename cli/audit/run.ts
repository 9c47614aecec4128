import { writeFile } from "node:fs/promises";

import { environmentNames, environments } from "../../infra/environments.ts";
import { localLayout } from "../cluster/connect.ts";
import type { AuditFlags } from "../commands/audit.ts";
import { exitCodes, UsageError } from "../errors.ts";
import { palette } from "../plan/output/palette.ts";
import { openRepository } from "../repository/open.ts";

import { collect } from "./collect.ts";
import { isComplete } from "./model.ts";
import { auditCsv } from "./output/csv.ts";
import { auditTable } from "./output/table.ts";
import { verifiedText } from "./output/verified.ts";
import { period } from "./period.ts";
import type { Period } from "./period.ts";
import { signersLine } from "./show-key.ts";
import type { KubernetesLog } from "./sources/kubernetes.ts";
import { verify } from "./verify/verify.ts";

/** As kube-apiserver of the local platform is started (local/control-plane/api-server.ts, --audit-log-maxbackup). */
const localRotations = 2;

/**
 * `gitops audit`.
 * @returns the exit code
 * @throws UsageError for a time, a file or a repository that is none
 */
export async function runAudit(flags: AuditFlags, now = new Date()): Promise<number> {
  if (flags.showKey) {
    console.log(await signersLine(await openRepository(flags)));
    return exitCodes.clean;
  }
  const asked = period(flags.since, flags.until, now);
  return flags.verify ? runVerify(flags, asked) : runTrail(flags, asked);
}

async function runTrail(flags: AuditFlags, asked: Period): Promise<number> {
  const format = flags.json ? "json" : flags.format;
  const given: readonly KubernetesLog[] = flags.kubernetesAuditLog.map((file) => ({ file }));
  const own = flags.local === undefined ? [] : [{ file: localLayout(flags.local).auditLog, rotated: localRotations }];
  const trail = await collect(await openRepository(flags), {
    period: asked,
    environments: flags.env,
    applications: flags.app,
    kinds: flags.kind,
    order: flags.order,
    limit: flags.limit,
    kubernetes: [...own, ...given],
  });
  const colours = palette(process.stdout.isTTY && flags.out === undefined);
  const text = {
    json: () => `${JSON.stringify(trail, null, 2)}\n`,
    csv: () => auditCsv(trail),
    table: () => `${auditTable(trail, colours)}\n`,
  }[format]();
  await give(text, flags.out);
  // A spreadsheet has no place for them.
  if (format === "csv") for (const warning of trail.warnings) console.error(`warning: ${warning}`);
  if (flags.out !== undefined) console.error(`${trail.entries.length} entries are in "${flags.out}"`);
  return isComplete(trail) ? exitCodes.clean : exitCodes.violation;
}

async function runVerify(flags: AuditFlags, asked: Period): Promise<number> {
  if (flags.format === "csv") throw new UsageError("--format csv: not with --verify; allowed are table and json");
  const result = await verify(await openRepository(flags), {
    environments: environmentNames.filter((name) => flags.env.length === 0 || flags.env.includes(name)),
    period: asked,
    allowedSigners: flags.allowedSigners,
    expected: expected(flags.expect),
  });
  const json = flags.json === true || flags.format === "json";
  const colours = palette(process.stdout.isTTY && flags.out === undefined);
  await give(json ? `${JSON.stringify(result, null, 2)}\n` : `${verifiedText(result, colours)}\n`, flags.out);
  return result.breaks.length === 0 && result.complete ? exitCodes.clean : exitCodes.violation;
}

/** Commits by the name of their history. */
function expected(list: readonly string[]): ReadonlyMap<string, readonly string[]> {
  const allowed = ["notes", ...new Set(environmentNames.map((name) => environments[name].branch))];
  const found = new Map<string, readonly string[]>();
  for (const text of list) {
    const [, name = "", commit = ""] = /^([^=]+)=([0-9a-f]{40,64})$/.exec(text) ?? [];
    if (!allowed.includes(name)) {
      throw new UsageError(
        `--expect "${text}": no checkpoint; allowed is <name>=<whole commit id> with ${allowed.join(", ")}`,
      );
    }
    found.set(name, [...(found.get(name) ?? []), commit]);
  }
  return found;
}

async function give(text: string, out: string | undefined): Promise<void> {
  if (out === undefined) {
    process.stdout.write(text);
    return;
  }
  await writeFile(out, text, { mode: 0o600 }).catch((error: unknown) => {
    throw new UsageError(`--out "${out}": cannot be written: ${(error as Error).message}`);
  });
}
