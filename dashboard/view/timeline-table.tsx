import { permission } from "../logic/timeline.ts";
import type { TimelineRow } from "../logic/timeline.ts";
import { fullTime, span } from "../logic/times.ts";

/** The same as the lines of the timeline, in words. */
export function TimelineTable({ rows }: { readonly rows: readonly TimelineRow[] }) {
  return (
    <div class="scroll" tabIndex={0} role="region" aria-label="Windows as a table">
      <table>
        <thead>
          <tr>
            <th scope="col">Applications</th>
            <th scope="col">Environment</th>
            <th scope="col">From</th>
            <th scope="col">Until</th>
            <th scope="col">For</th>
            <th scope="col">Argo CD</th>
            <th scope="col">Why</th>
          </tr>
        </thead>
        <tbody>
          {rows.flatMap((row) =>
            row.intervals.map((interval) => (
              <tr key={`${row.environment} ${row.applications[0]?.application} ${interval.from}`}>
                <th scope="row">{row.applications.map(({ application }) => application).join(", ")}</th>
                <td>{row.environment}</td>
                <td>{fullTime(interval.from)}</td>
                <td>{fullTime(interval.until)}</td>
                <td>{span(Date.parse(interval.until) - Date.parse(interval.from))}</td>
                <td>{permission(interval).word}</td>
                <td>{interval.reasons.join("; ")}</td>
              </tr>
            )),
          )}
        </tbody>
      </table>
    </div>
  );
}
