import type { CanaryProgress } from "../../cli/dashboard/model.ts";
import { phaseWords } from "../logic/changes.ts";

/** Where a release under analysis is: its phase, its share of the traffic and how many checks failed. */
export function Canary({ progress, name }: { readonly progress: CanaryProgress; readonly name: string }) {
  const percent = Math.round(progress.fraction * 100);
  const words = stepWords(progress);
  return (
    <div class={`canary${progress.phase === "Failed" ? " canary-failing" : ""}`}>
      <span class="canary-words">
        <span>Canary {phaseWords(progress.phase)}</span>
        <span>{words}</span>
      </span>
      <span
        class="bar"
        role="progressbar"
        aria-label={`Canary of ${name}`}
        aria-valuenow={percent}
        aria-valuemin={0}
        aria-valuemax={100}
        aria-valuetext={[phaseWords(progress.phase), words].filter((text) => text !== "").join(", ")}
      >
        <span class="bar-done" style={{ width: `${percent}%` }} />
      </span>
      {progress.failedChecks > 0 && (
        <span class="canary-failed">
          {progress.failedChecks} failed {progress.failedChecks === 1 ? "check" : "checks"}; {progress.threshold} take
          it back
        </span>
      )}
    </div>
  );
}

/** How far it is: percent of the traffic, or checks. */
export function stepWords({ phase, kind, weight, maxWeight, iteration, iterations }: CanaryProgress): string {
  if (kind === "iterations") {
    // Afterwards Flagger counts on, or from the start.
    const counting = phase === "Progressing" || phase.startsWith("Waiting");
    return iterations === null || !counting ? "" : `check ${Math.min(iteration ?? 0, iterations)} of ${iterations}`;
  }
  return `${weight} %${maxWeight === null ? "" : ` of ${maxWeight} %`} of traffic`;
}

/** Whether there is something to be seen: a release on its way, or one that failed. */
export const isUnderWay = ({ active, phase }: CanaryProgress): boolean => active || phase === "Failed";
