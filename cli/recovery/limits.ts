/** Times that keep automation from running wild; all in seconds. */
export interface Limits {
  /**
   * A failure that comes later after the sync is not taken for the work of that release. Default 7200: longer than an
   * analysis, shorter than the time until infrastructure fails by itself.
   */
  readonly rollbackWindow: number;
  /** Between two rollbacks of one application in one environment. Default 60. */
  readonly minimumInterval: number;
  /** How long after a rollback the application may take to become healthy. Default 1800. */
  readonly recoveryDeadline: number;
  /** How long an application must be healthy before its degraded mode ends. Default 600. */
  readonly settle: number;
  /** Times within a day that the degraded mode is turned on and off again; then it stays on. Default 3 times. */
  readonly togglesPerDay: number;
}

export const defaultLimits: Limits = {
  rollbackWindow: 7200,
  minimumInterval: 60,
  recoveryDeadline: 1800,
  settle: 600,
  togglesPerDay: 3,
};
