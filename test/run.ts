/**
 * `npm test`: builds the tools that the tests run, then the unit tests on all cores, then the tests on the real
 * platform two at a time, for they mostly wait, and those alone in which the speed of an answer decides. For a part of
 * them: `npm run jest -- test/infra --selectProjects unit`.
 *
 * The last line is `N passed, N failed`; the exit code is 1 when anything failed or nothing was run.
 */
import { spawnSync } from "node:child_process";
import { fileURLToPath } from "node:url";

import { runCLI } from "jest";

const root = fileURLToPath(new URL("..", import.meta.url));

// As Jest's own command sets it, so that both ways of running a test are alike.
process.env["NODE_ENV"] ??= "test";

type Arguments = Parameters<typeof runCLI>[0];

/** Here Flagger judges how fast a release answers: another platform on the same cores would make a good one slow. */
const measured = ["test/platform/progressive-delivery/", "test/platform/story/", "test/platform/rollback/"];

/** Numbers of tests; a file that could not be loaded counts as one failed test. */
const total = { passed: 0, failed: 0, skipped: 0 };

async function run(argv: Partial<Arguments>): Promise<void> {
  const { results } = await runCLI({ $0: "jest", _: [], ...argv }, [root]);
  total.passed += results.numPassedTests;
  total.failed += results.numFailedTests + results.numRuntimeErrorTestSuites;
  total.skipped += results.numPendingTests + results.numTodoTests;
}

const tools = spawnSync(process.execPath, ["--import", "tsx", "local/tools/main.ts"], { cwd: root, stdio: "inherit" });
if (tools.status !== 0) {
  console.error("the tools that the tests run could not be built; see above");
  process.exit(1);
}
// Without a number Jest leaves one core to itself, which is half of a small machine.
await run({ selectProjects: ["unit"], maxWorkers: "100%" });
await run({ selectProjects: ["platform"], maxWorkers: 2, testPathIgnorePatterns: measured });
await run({ selectProjects: ["platform"], runInBand: true, testPathPatterns: measured });

// On a line of its own: programs read the last one. Each skipped test has said its reason above.
if (total.skipped > 0) console.log(`${total.skipped} skipped`);
console.log(`${total.passed} passed, ${total.failed} failed`);
process.exit(total.failed > 0 || total.passed === 0 ? 1 : 0);
