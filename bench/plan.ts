/**
 * How long `gitops plan` takes, and its parts: `node --import tsx bench/plan.ts [runs]`. Medians of wall time after one
 * run that fills the caches; `pulumi preview` is measured beside it where the CLI is on PATH and logged in.
 */
import { fileURLToPath } from "node:url";

import { execa } from "execa";
import which from "which";

const root = fileURLToPath(new URL("..", import.meta.url));
const gitops = fileURLToPath(new URL("../cli/bin/gitops.mjs", import.meta.url));
const runs = Number(process.argv[2] ?? 5);
if (!Number.isInteger(runs) || runs < 1) throw new Error(`runs: "${process.argv[2]}" is not a whole number above 0`);

/** Median of seconds, or why there is none. */
async function median(command: string, args: readonly string[]): Promise<number | string> {
  const seconds: number[] = [];
  for (let run = 0; run <= runs; run++) {
    const begin = performance.now();
    const { failed, shortMessage, exitCode } = await execa(command, args, { cwd: root, reject: false });
    // A verdict (1) is a result as well.
    if (failed && !(command === gitops && exitCode === 1)) return shortMessage?.split("\n")[0] ?? "failed";
    if (run > 0) seconds.push((performance.now() - begin) / 1000);
  }
  return seconds.sort((a, b) => a - b)[Math.floor(seconds.length / 2)] ?? 0;
}

const whole = await median(gitops, ["plan", "prod"]);
const parts: readonly (readonly [string, string, readonly string[]])[] = [
  ["without the policies", gitops, ["plan", "prod", "--no-policies"]],
  ["without policies and overlays", gitops, ["plan", "prod", "--no-policies", "--no-manifests"]],
  ["the command alone (--help)", gitops, ["plan", "--help"]],
  ["node alone", process.execPath, ["--eval", "0"]],
];
const shown = (value: number | string): string => (typeof value === "number" ? `${value.toFixed(2)} s` : value);
const ratio = (value: number | string): string =>
  typeof value === "number" && typeof whole === "number" ? `  ${(value / whole).toFixed(2)} x` : "";
console.log(`gitops plan prod: ${shown(whole)}`);
for (const [name, command, args] of parts) {
  const value = await median(command, args);
  console.log(`  ${name}: ${shown(value)}${ratio(value)}`);
}
if ((await which("pulumi", { nothrow: true })) === null) console.log("pulumi preview: not on PATH, not measured");
else {
  const preview = await median("pulumi", ["preview", "--stack", "prod", "--non-interactive"]);
  console.log(`pulumi preview: ${shown(preview)}${ratio(preview)}`);
}
