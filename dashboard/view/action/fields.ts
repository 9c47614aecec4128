import type { ActionRequests, DashboardHistory, Snapshot } from "../../../cli/dashboard/model.ts";
import { short } from "../../logic/images.ts";
import { fullTime } from "../../logic/times.ts";

import type { Target } from "./target.ts";

/** What a person has to say before an action. */
export interface Field {
  readonly name: string;
  readonly label: string;
  readonly kind: "text" | "checkbox" | "select";
  readonly required?: boolean;
  readonly hint?: string;
  readonly options?: readonly { readonly value: string; readonly label: string }[];
}

/** What a person said, by field; a box that is ticked is `yes`. */
export type Values = Readonly<Record<string, string>>;

const reason: Field = { name: "reason", label: "Reason", kind: "text", hint: "for the record" };

/** The fields of an action. @param history of the application in the environment, newest first */
export function fieldsOf(of: Target, facts: Snapshot, history: DashboardHistory | undefined, values: Values): Field[] {
  const applications = facts.applications.filter(({ environment }) => environment === of.environment);
  const some: Field = {
    name: "application",
    label: "Applications",
    kind: "select",
    options: [
      { value: "", label: "all of the environment" },
      ...applications.map(({ application }) => ({ value: application, label: application })),
    ],
  };
  switch (of.name) {
    case "approve":
      return [reason];
    case "promote":
      return [];
    case "rollback":
      return [
        {
          name: "to",
          label: "Back to",
          kind: "select",
          options: [
            { value: "", label: "what ran before the last sync" },
            ...(history?.deployments ?? []).map(({ revision, subject, time }) => ({
              value: revision,
              label: `${short(revision)} ${subject} (${fullTime(time)})`,
            })),
          ],
        },
        { ...reason, required: values["emergency"] === "yes" },
        {
          name: "emergency",
          label: "Emergency",
          kind: "checkbox",
          hint: "it cannot wait for its window; is recorded with its reason",
        },
      ];
    case "freeze":
      return [
        some,
        { name: "until", label: "Until", kind: "text", required: true, hint: "36h, 5d, or 2026-12-24T18:00:00Z" },
        { ...reason, required: true },
        { name: "strict", label: "Strict", kind: "checkbox", hint: "stops people as well" },
      ];
    case "unfreeze":
      return [some, reason];
  }
}

/** What is sent to the server; `dryRun` has the command only say what it would do. */
export function requestOf(of: Target, values: Values, dryRun: boolean): ActionRequests[Target["name"]] {
  const text = (name: string): Record<string, string> => {
    const value = values[name]?.trim() ?? "";
    return value === "" ? {} : { [name]: value };
  };
  const { environment } = of;
  const dry = dryRun ? { dryRun } : {};
  switch (of.name) {
    case "approve":
      return { application: of.application, environment, ...text("reason"), ...dry };
    case "promote":
      return { application: of.application, from: of.from, to: environment, ...dry };
    case "rollback": {
      const emergency = values["emergency"] === "yes" ? { emergency: true } : {};
      return { application: of.application, environment, ...text("to"), ...text("reason"), ...emergency, ...dry };
    }
    case "freeze": {
      const applications = values["application"] ? { applications: [values["application"]] } : {};
      const strict = values["strict"] === "yes" ? { strict: true } : {};
      const until = values["until"]?.trim() ?? "";
      return { environment, ...applications, until, reason: values["reason"]?.trim() ?? "", ...strict, ...dry };
    }
    case "unfreeze":
      return { environment, ...text("application"), ...text("reason"), ...dry };
  }
}
