/** A day on which a market does not trade. */
export interface Holiday {
  /** ISO date on the market's own calendar. */
  readonly date: string;
  readonly name: string;
}

/** When a market trades. What closes early counts as a whole day: nothing is synced during the usual hours. */
export interface Market {
  readonly title: string;
  /** IANA name. */
  readonly timeZone: string;
  /** Days of the week as cron has them: 0 is Sunday. */
  readonly days: readonly number[];
  /** `HH:MM` on the market's clock. */
  readonly opens: string;
  /** `HH:MM` on the market's clock, later than `opens`. */
  readonly closes: string;
  /** In order, weekends left out. */
  readonly holidays: readonly Holiday[];
  /** Last ISO date that `holidays` speaks for. */
  readonly knownUntil: string;
}
