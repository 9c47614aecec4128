import { pci } from "../model/framework.ts";
import { resourcePolicy } from "../model/resource-policy.ts";

interface Settings {
  readonly days: number;
}

/** A log group without a number keeps everything, which is long enough. */
export const logRetention = resourcePolicy<Settings>({
  name: "log-retention",
  description: "Logs are kept for as long as an audit may ask for them.",
  severity: "medium",
  remediation: "raise retentionInDays (logRetentionDays in infra/environments.ts)",
  references: [pci("10.5.1")],
  settings: {
    days: { type: "integer", default: 30, minimum: 1, description: "Days that a log group keeps at the least." },
  },
  types: ["aws:cloudwatch/logGroup:LogGroup"],
  judge: ({ props }, { days }) => {
    const kept = props["retentionInDays"];
    return typeof kept !== "number" || kept === 0 || kept >= days ? [] : [`logs are kept ${kept} days, not ${days}`];
  },
});
