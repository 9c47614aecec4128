/** A sync window as Argo CD evaluates it, without its selector. */
export interface Window {
  /** `allow` opens, `deny` closes and wins. */
  readonly kind: "allow" | "deny";
  /** Five-field cron, on the wall clock of `timeZone`. */
  readonly schedule: string;
  /** Go duration of hours, minutes and seconds. */
  readonly duration: string;
  /** IANA name. */
  readonly timeZone: string;
  /** Lets a person sync although the window blocks automation: the way in for an emergency rollback. */
  readonly manualSync: boolean;
  /** Why it is there, for the person who is stopped by it. At most 255 characters (Argo CD, SyncWindow.Validate). */
  readonly description?: string;
}
