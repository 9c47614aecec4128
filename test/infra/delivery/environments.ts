import type { Calendar } from "../../../infra/calendar/calendar.ts";
import type { FailureResponse, SyncStrategy, SyncWindow } from "../../../infra/config/delivery.ts";
import type { DeliveryApplication, DeliveryEnvironment } from "../../../infra/delivery/environment.ts";
import { environments } from "../../../infra/environments.ts";

export const repository = "https://github.com/example/gitops-platform.git";

export const groups = { viewer: ["all-staff"], deployer: ["traders", "sre"], admin: ["platform"] };

/** A Monday; nothing is frozen. */
export const calendar: Calendar = { now: new Date("2026-11-23T12:00:00Z"), freezes: [] };

export const afterClose: SyncWindow = {
  kind: "allow",
  schedule: "0 20 * * 1-5",
  duration: "1h",
  timeZone: "America/New_York",
  manualSync: true,
};

export function application(
  name: string,
  sync: SyncStrategy = { kind: "continuous" },
  onFailure: FailureResponse = { kind: "rollback" },
  flags = false,
): DeliveryApplication {
  return { name: `${name}-prod`, application: name, path: `apps/${name}/overlays/prod`, sync, onFailure, flags };
}

export function prod(...applications: DeliveryApplication[]): DeliveryEnvironment {
  const { branch, namespace, fourEyes, quota } = environments.prod;
  return { name: "prod", branch, namespace, fourEyes, quota, applications };
}
