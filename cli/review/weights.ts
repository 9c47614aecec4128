/** How many points something adds, and why that many. */
export interface Weight {
  /**
   * Points at full strength (production, one element). Points of all elements add up, and the risk is
   * 1 - e^-points: 0.36 points make a risk of 0.3, 0.92 make 0.6, and 1.61 make 0.8, the limit of the project.
   */
  readonly points: number;
  /** Why it weighs that much. */
  readonly reason: string;
}

const weight = (points: number, reason: string): Weight => ({ points, reason });

/**
 * Everything that adds to a risk. The numbers are judgement, held in place by the labelled changes of
 * test/cli/review/calibration: a number may move as long as every one of them keeps its verdict and its band.
 */
export const weights = {
  "environment.local": weight(0.01, "one engineer's machine: `npm start` puts it right"),
  "environment.dev": weight(0.03, "nobody trades on dev"),
  "environment.staging": weight(0.08, "a broken staging holds back every release behind it"),
  "environment.prod": weight(0.2, "customers are there; even a harmless change has to be watched"),

  "kind.cluster": weight(0.7, "everything runs on it, and much of it cannot be changed back in place"),
  "kind.crd": weight(0.7, "with a CRD go all of its objects, in every namespace"),
  "kind.rbac": weight(0.55, "who may do what: an error opens the cluster, and no test turns red"),
  "kind.identity": weight(0.55, "cloud permissions reach beyond the cluster"),
  "kind.storage": weight(0.5, "data does not come back with a revert"),
  "kind.namespace": weight(0.5, "what is in it shares its fate"),
  "kind.controller": weight(0.4, "a controller acts on every application at once"),
  "kind.network": weight(0.35, "traffic stops at once, and often for others than the author"),
  "kind.delivery": weight(0.3, "it decides what reaches an environment, and when"),
  "kind.secret": weight(0.3, "readers fail only when they next start"),
  "kind.autoscaling": weight(0.15, "wrong bounds show under load, not at the rollout"),
  "kind.workload": weight(0.12, "the ordinary change: rolls out in steps and rolls back"),
  "kind.other": weight(0.08, "no known danger"),

  "removal.lasting": weight(0.7, "cluster, CRD, storage, namespace: a revert brings it back empty"),
  "removal.ordinary": weight(0.3, "a revert brings it back, after an outage of those who used it"),
  "replacement.lasting": weight(0.7, "deleted and made again: its content is lost between the two"),
  "replacement.ordinary": weight(0.3, "deleted and made again: away for a moment, with a new identity"),

  "version.major": weight(0.45, "a new major version says itself that it breaks something"),
  "version.downgrade": weight(0.2, "data written by the newer version may be unreadable for the older one"),
  "version.source": weight(0.35, "an image of another repository is another program"),
  "version.unknown": weight(0.15, "no version to compare: the jump may be of any size"),

  "window.changed": weight(0.55, "windows and sync rules keep releases out of trading hours"),
  "guard.policies": weight(0.5, "a change of the rules is judged by the changed rules"),
  "guard.waiver": weight(0.4, "a waiver takes one violation out of sight"),
  "guard.review": weight(0.6, "it moves the limits of this very review, from the next change on"),
  "guard.workflow": weight(0.35, "workflows and code owners decide which checks run at all"),
  "dependencies": weight(0.15, "packages run with the rights of a deployment"),

  "blast.objects": weight(0.05, "for each doubling of the objects touched: more to watch, more to undo"),
  "blast.dependents": weight(0.04, "for each doubling of the resources below a touched one"),
  "blast.applications": weight(0.12, "for each application beyond the first: no longer one team's release"),
  "blast.environments": weight(0.15, "for each environment beyond the first: no stage left to learn on"),

  "history.rollback": weight(0.5, "a rollback here means that the usual checks did not see the fault"),
  "history.incident": weight(0.5, "users noticed the last time"),
  "history.revert": weight(0.4, "the last change here had to be taken back"),
  "history.fix": weight(0.12, "a place that was mended lately tends to need it again"),

  "message.wip": weight(0.5, "its author says that it is not finished"),
  "message.breaking": weight(0.5, "its author says that others will have to adapt"),
  "message.hotfix": weight(0.35, "made in a hurry, tested less"),
  "message.revert": weight(0.1, "something went wrong before; the way back itself is known ground"),
  "message.reason": weight(0.08, "nobody can judge a change that does not say what it is for"),

  "violation.advisory": weight(0.1, "a rule that is not enforced yet is still broken"),
  "gap": weight(0.3, "what was left out was not judged"),
  "advice": weight(0.5, "at most this much for what a language model is worried about; it can only add"),
} as const satisfies Readonly<Record<string, Weight>>;

export type WeightName = keyof typeof weights;

export const weightNames = Object.keys(weights) as readonly WeightName[];

/** How much of a weight counts where it happens: the same mistake costs less where fewer depend on it. */
export const environmentScale = { local: 0.15, dev: 0.25, staging: 0.6, prod: 1 } as const;

/** Part of its kind's weight that counts for an object nobody depends on yet. Grants count in full at once. */
export const addedScale = 0.6;

/** The second element of a part counts half, the third a quarter: ten alike changes are not ten risks. */
export const repeatScale = 0.5;
