import type { ChangeKind, FieldChange, Violation } from "../../plan/model.ts";
import type { environmentScale } from "../weights.ts";

/** Where a change lands. `local` is the platform on one machine. */
export type Place = keyof typeof environmentScale;

/** A Pulumi resource or a rendered manifest that differs between the two revisions. */
export interface ChangedObject {
  /** URN, or `<overlay>: <kind>/<namespace>/<name>`. */
  readonly id: string;
  /** The type token (`kubernetes:core/v1:Namespace`), or `<apiVersion>/<kind>`. */
  readonly type: string;
  readonly name: string;
  readonly action: ChangeKind;
  readonly place: Place;
  /** Folder under apps/ that it comes from. */
  readonly application?: string | undefined;
  readonly fields: readonly FieldChange[];
  /** Resources below it in the tree of the program. Default: 0. */
  readonly dependents?: number | undefined;
  /** File to show a comment at, from the root of the repository. */
  readonly file?: string | undefined;
}

/** A commit of the change. */
export interface Commit {
  readonly hash: string;
  /** The whole message. */
  readonly message: string;
}

/** `rollback`: Flagger or a person went back; `incident`: users noticed; `revert`, `fix`: what the words say. */
export type FailureKind = "rollback" | "incident" | "revert" | "fix";

/** An earlier commit that says that something in the same area went wrong. */
export interface Failure {
  readonly kind: FailureKind;
  readonly hash: string;
  readonly subject: string;
  /** Days before now. */
  readonly days: number;
  /** The folder or file that it has in common with the change. */
  readonly area: string;
}

/** Everything a review looks at. It is plain data: `assess` needs no repository. */
export interface Change {
  readonly objects: readonly ChangedObject[];
  /** Files that differ, from the root of the repository. */
  readonly files: readonly string[];
  readonly commits: readonly Commit[];
  readonly failures: readonly Failure[];
  /** What the policies say to the new state. */
  readonly violations: readonly Violation[];
  /** What could not be looked at, and why. Default: nothing. */
  readonly gaps?: readonly string[] | undefined;
}
