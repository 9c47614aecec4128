import type { DashboardApplication, WaitingApproval } from "../../cli/dashboard/model.ts";

export type State = DashboardApplication["state"];

/** Shapes that say a state without its colour. */
export type IconName = "check" | "progress" | "clock" | "alert" | "none";

/** In words and as a shape. */
export const states: Readonly<
  Record<State, { readonly word: string; readonly icon: IconName; readonly rank: number }>
> = {
  unwell: { word: "Not well", icon: "alert", rank: 0 },
  waiting: { word: "Waiting", icon: "clock", rank: 1 },
  moving: { word: "On its way", icon: "progress", rank: 2 },
  well: { word: "Well", icon: "check", rank: 3 },
};

/** What it waits for, as a sentence for people; empty when for nothing. */
export function waitingWords({ waitsFor }: Pick<DashboardApplication, "waitsFor">): string {
  if (waitsFor === "sync") return "waits for a person to approve its sync";
  if (waitsFor === "promotion") return "has passed its analysis and waits for a person to let it through";
  if (waitsFor === "window") return "waits for its window";
  return "";
}

/** Something that is not well, with why and what a person can do. */
export interface Attention {
  readonly application: DashboardApplication;
  readonly reason: string;
  readonly approval: WaitingApproval | undefined;
}

/** Everything that is not well, the worst first, then in the order of the snapshot. */
export function attention(
  applications: readonly DashboardApplication[],
  approvals: readonly WaitingApproval[],
): readonly Attention[] {
  return applications
    .filter(({ state, waitsFor }) => state !== "well" || waitsFor !== null)
    .map((application): Attention => ({
      application,
      reason: reasonOf(application),
      approval: approvals.find((waiting) => isOf(waiting, application)),
    }))
    .sort((a, b) => states[a.application.state].rank - states[b.application.state].rank);
}

/** Whether two entries are of one application in one environment. */
export const isOf = (
  one: { readonly environment: string; readonly application: string },
  other: { readonly environment: string; readonly application: string },
): boolean => one.environment === other.environment && one.application === other.application;

function reasonOf(application: DashboardApplication): string {
  const window = application.waitsFor === "window" ? (application.windows?.message ?? "") : "";
  const said = [waitingWords(application), window, application.reason].filter((text) => text !== "");
  return said.length > 0 ? said.join("; ") : `${application.sync}, ${application.health}`;
}

/** `3 well, 1 waiting`: how many there are of each state, the worst first. */
export function counts(applications: readonly DashboardApplication[]): readonly { state: State; count: number }[] {
  return (Object.keys(states) as State[])
    .map((state) => ({ state, count: applications.filter((application) => application.state === state).length }))
    .filter(({ count }) => count > 0);
}
