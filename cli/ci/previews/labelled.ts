import type { GitHub } from "../github/client.ts";

/** An open pull request that asks for a preview. */
export interface Labelled {
  readonly number: number;
  /** When it got the label, for the last time; milliseconds since 1970. */
  readonly since: number;
}

/**
 * The open pull requests with a label, those that have had it longest first. When they got it is in their events
 * (GitHub REST reference, "List issue events"; "labeled" in "Issue event types").
 */
export async function findLabelled(github: GitHub, label: string): Promise<readonly Labelled[]> {
  const { api, repository } = github;
  const open = await api.paginate(api.rest.pulls.list, { ...repository, state: "open", per_page: 100 });
  const found = open.filter(({ labels }) => labels.some(({ name }) => name === label));
  const labelled = await Promise.all(
    found.map(async ({ number, created_at }): Promise<Labelled> => {
      const events = await api.paginate(api.rest.issues.listEvents, {
        ...repository,
        issue_number: number,
        per_page: 100,
      });
      const times = events.flatMap((event) =>
        event.event === "labeled" && "label" in event && event.label.name === label
          ? [Date.parse(event.created_at)]
          : [],
      );
      // Without such an event, as after a transfer, the pull request itself is the oldest that it can be.
      return { number, since: times.length > 0 ? Math.max(...times) : Date.parse(created_at) };
    }),
  );
  return labelled.toSorted((one, other) => one.since - other.since || one.number - other.number);
}
