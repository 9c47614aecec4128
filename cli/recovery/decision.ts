/** What the platform did, or did not do, about an event. */
export interface Decision {
  readonly action:
    /** The release was reverted in Git. */
    | "rolled-back"
    /** The flag of the degraded mode was turned on, or off, in Git. */
    | "degraded-mode-on"
    | "degraded-mode-off"
    /** An earlier rollback or degraded mode is confirmed to have helped, or not. */
    | "recovered"
    | "not-recovered"
    /** A person brought over what another environment has. */
    | "promoted"
    /** A pull request waits for people. */
    | "proposed"
    /** The end of a sync was recorded. */
    | "deployed"
    /** Recorded alone, as the application asks. */
    | "notified"
    /** A guard held. */
    | "refused"
    /** Too early: ask again at `notBefore`. */
    | "waiting"
    /** Nothing to do. */
    | "nothing";
  /** One sentence for the log, the note and the person. */
  readonly reason: string;
  /** Whether only a person can go on from here. */
  readonly needsPerson: boolean;
  /** The commit that was made. */
  readonly commit?: string;
  /** The commits that it takes back. */
  readonly reverted?: readonly string[];
  /** ISO 8601; with `waiting` alone. */
  readonly notBefore?: string;
}

export const refused = (reason: string, needsPerson = false): Decision => ({ action: "refused", reason, needsPerson });

export const nothing = (reason: string): Decision => ({ action: "nothing", reason, needsPerson: false });
