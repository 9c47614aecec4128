import { closures, midnights, permission, spanOf, stretchOf } from "../logic/timeline.ts";
import type { TimelineRow } from "../logic/timeline.ts";
import { dayName, fullTime } from "../logic/times.ts";
import { now } from "../state/clock.ts";

/** The days over the lines. */
export function Axis() {
  return (
    <div class="timeline-line timeline-axis" aria-hidden="true">
      <span class="timeline-name">now</span>
      <span class="track">
        {midnights(spanOf(now.value)).map(({ instant, start }) => (
          <span key={instant} class={start > 92 ? "day day-last" : "day"} style={{ left: `${start}%` }}>
            {dayName(instant)}
          </span>
        ))}
      </span>
    </div>
  );
}

/** One timeline: for each stretch a pattern; who hears the page hears what holds now and finds all in the table. */
export function TimelineLine({ row }: { readonly row: TimelineRow }) {
  const span = spanOf(now.value);
  const name = `${row.applications.map(({ application }) => application).join(", ")} in ${row.environment}`;
  const message = row.applications[0]?.windows?.message ?? "";
  return (
    <div class="timeline-line">
      <span class="timeline-name">
        <strong>{row.applications.map(({ application }) => application).join(", ")}</strong>{" "}
        <span class="muted">{row.environment}</span>
      </span>
      <span class="track" role="img" aria-label={`Windows of ${name}: ${message}`}>
        {row.intervals.map((interval) => {
          const stretch = stretchOf(interval, span);
          if (stretch === undefined) return null;
          const { kind, word } = permission(interval);
          const about = [`${word} ${fullTime(interval.from)} to ${fullTime(interval.until)}`, ...interval.reasons];
          return (
            <span
              key={interval.from}
              class={`stretch ${kind}`}
              style={{ left: `${stretch.start}%`, width: `${stretch.width}%` }}
              title={about.join("\n")}
            />
          );
        })}
        {midnights(span).map(({ instant, start }) => (
          <span key={instant} class="midnight" style={{ left: `${start}%` }} />
        ))}
        <span class="now" />
      </span>
      <span class="timeline-words muted">{message}</span>
      {closures(row.intervals).map(({ from, until, why }) => (
        <span key={why} class="timeline-words">
          {fullTime(from)} to {fullTime(until)}: {why}
        </span>
      ))}
    </div>
  );
}
