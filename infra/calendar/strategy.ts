import type { MarketName } from "./markets.ts";

/** Once a day of trading, outside the hours of a market, never on its holidays. */
export interface Maintenance {
  readonly kind: "maintenance";
  readonly market: MarketName;
  /** When it begins, `HH:MM` on the market's clock. */
  readonly time: string;
  /** Go duration. */
  readonly duration: string;
}

/** When a schedule says so. */
export interface Scheduled {
  readonly kind: "scheduled";
  /** Five-field cron. */
  readonly schedule: string;
  /** Go duration. */
  readonly duration: string;
  /** IANA name. */
  readonly timeZone: string;
  /** Market on whose holidays nothing is synced. Default: every day that the schedule names. */
  readonly holidays?: MarketName | undefined;
}
