import { join } from "node:path";

import { changeBranch } from "./change-branch.ts";
import type { Change } from "./change-branch.ts";
import type { Context } from "./context.ts";
import { isFirstDeployment } from "./culprits.ts";
import { nothing, refused } from "./decision.ts";
import type { Decision } from "./decision.ts";
import { failureWords } from "./failure-words.ts";
import { findFlags, flagSwitch } from "./flags.ts";
import { git, short } from "./git.ts";
import { commits, isAncestor } from "./history.ts";
import type { Commit } from "./history.ts";
import { degradedModeMessage } from "./message.ts";
import { readRecords } from "./notes.ts";
import { concerns, trailerNames } from "./trailers.ts";

const modeOf = ({ trailers }: Commit): string | undefined => trailers.get(trailerNames.degradedMode)?.[0];

/** Switches of this application that the platform made, newest first. */
async function switches({ repository, event }: Context, tip: string): Promise<readonly Commit[]> {
  const list = await commits(repository, tip);
  return list.filter((commit) => modeOf(commit) !== undefined && concerns(commit.trailers, event));
}

/** Turns the degraded mode on, at any hour and as often as it takes. */
export async function turnOn(context: Context): Promise<Decision> {
  const { event, options, now, repository } = context;
  const flag = event.degradeFlag;
  if (flag === undefined) return refused(`${event.name} degrades, and names no flag for it`, true);
  if (isFirstDeployment(event)) {
    return refused(`${short(event.revision)} is the first deployment of ${event.name}: it serves nobody yet`, true);
  }
  return changeBranch(options, event.branch, now, async (tip) => {
    if (!(await isAncestor(repository, event.revision, tip))) {
      return refused(`revision ${short(event.revision)} is not on branch "${event.branch}"`, true);
    }
    const done = (await switches(context, tip)).find(({ trailers }) =>
      trailers.get(trailerNames.degradedFrom)?.includes(event.revision),
    );
    if (done !== undefined) return nothing(`the degraded mode was turned on already, by ${short(done.id)}`);
    return switchTo(context, flag, "on", failureWords(event));
  });
}

/** Turns the degraded mode off when the platform turned it on and the application has been healthy for long enough. */
export async function turnOff(context: Context): Promise<Decision | undefined> {
  const { event, options, now } = context;
  const flag = event.degradeFlag;
  if (flag === undefined) return undefined;
  return changeBranch(options, event.branch, now, async (tip) => {
    const list = await switches(context, tip);
    const [last] = list;
    if (last === undefined || modeOf(last) !== "on" || last.trailers.get(trailerNames.flag)?.[0] !== flag) {
      return nothing("there is no degraded mode of the platform's to end");
    }
    const held = await guards(context, last, list);
    if (held !== undefined) return held;
    return switchTo(context, flag, "off", `${event.name} has been Healthy for ${context.limits.settle} s`);
  });
}

/**
 * What keeps a degraded mode on. An application may be healthy only because of it, so being healthy once is no reason
 * to end it: that would end it as soon as it works, and turn it on again, without end.
 */
async function guards(context: Context, on: Commit, list: readonly Commit[]): Promise<Decision | undefined> {
  const { event, limits, now, options } = context;
  const healthy = event.since === undefined ? now() : new Date(event.since);
  const later = (await readRecords(options, on.id)).find(
    ({ action, time }) => action === "refused" && new Date(time) > healthy,
  );
  if (later !== undefined) return nothing(`${event.name} degraded again at ${later.time}: the degraded mode stays on`);
  const from = Math.max(healthy.getTime(), on.time.getTime()) + limits.settle * 1000;
  if (now().getTime() < from) {
    const reason = `${event.name} must be Healthy for ${limits.settle} s before its degraded mode ends`;
    return { action: "waiting", reason, needsPerson: false, notBefore: new Date(from).toISOString() };
  }
  const day = now().getTime() - 24 * 3600 * 1000;
  const ended = list.filter((commit) => modeOf(commit) === "off" && commit.time.getTime() > day).length;
  if (ended >= limits.togglesPerDay) {
    const words = `the degraded mode was ended ${ended} times within a day and came back`;
    return refused(`${words}: it stays on until a person ends it`, true);
  }
  if ((await options.isHealthy?.(event)) === false) {
    const notBefore = new Date(now().getTime() + limits.settle * 1000).toISOString();
    return { action: "waiting", reason: `${event.name} is not Healthy now`, needsPerson: false, notBefore };
  }
  return undefined;
}

function switchTo(context: Context, flag: string, mode: "on" | "off", because: string): Change {
  const { event, own } = context;
  return {
    apply: async (tree) => {
      const file = await findFlags(join(tree, own.overlay), event.application).catch(() => undefined);
      if (file === undefined) {
        const where = `"${own.overlay}" defines no ConfigMap ${event.application}-flags with flags.json of its own`;
        return refused(`the degraded mode cannot be switched: ${where}`, true);
      }
      let text: string;
      try {
        const found = flagSwitch(await file.read(), flag);
        if (found.on === (mode === "on")) return alreadySo(mode, flag);
        text = found.switched(mode === "on");
      } catch (error) {
        return refused(`the degraded mode cannot be switched: ${(error as Error).message}`, true);
      }
      await file.write(text);
      await git(tree, ["add", "--", own.overlay]);
      const reason = `${because}: flag "${flag}" is turned ${mode}`;
      return {
        message: degradedModeMessage(event, flag, mode, `${because}.`),
        decision: { action: mode === "on" ? "degraded-mode-on" : "degraded-mode-off", reason, needsPerson: false },
      };
    },
  };
}

const alreadySo = (mode: "on" | "off", flag: string): Decision =>
  mode === "on"
    ? refused(`flag "${flag}" is on already, and the application Degraded nevertheless`, true)
    : nothing(`flag "${flag}" is off already: a person turned it off`);
