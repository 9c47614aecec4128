import type { DashboardHistory } from "../../cli/dashboard/model.ts";
import { fullTime } from "../logic/times.ts";

/** What was written down about a deployment in Git, oldest first. */
export function Records({ records }: { readonly records: DashboardHistory["deployments"][number]["records"] }) {
  if (records.length === 0) return null;
  return (
    <ul class="plain records">
      {records.map((record) => (
        <li key={`${record.time} ${record.action}`}>
          <time dateTime={record.time}>{fullTime(record.time)}</time> <strong>{record.action}</strong>
          {record.by !== undefined && ` by ${record.by}`}
          {record.seconds !== undefined && ` (${record.seconds} s)`}: {record.reason}
        </li>
      ))}
    </ul>
  );
}
