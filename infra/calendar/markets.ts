import type { Market } from "./market.ts";

const weekdays = [1, 2, 3, 4, 5] as const;

/**
 * Core session: "Trading Information" of the NYSE, 9:30 a.m. to 4:00 p.m. Eastern Time.
 * Holidays: press release of 23 December 2025, "NYSE Group Announces 2026, 2027 and 2028 Holiday and Early Closings
 * Calendar". No New Year's Day is observed in 2028. Closings at 1:00 p.m. are left out: see Market.
 */
const nyse: Market = {
  title: "New York Stock Exchange",
  timeZone: "America/New_York",
  days: weekdays,
  opens: "09:30",
  closes: "16:00",
  knownUntil: "2028-12-31",
  holidays: [
    { date: "2026-01-01", name: "New Year's Day" },
    { date: "2026-01-19", name: "Martin Luther King, Jr. Day" },
    { date: "2026-02-16", name: "Washington's Birthday" },
    { date: "2026-04-03", name: "Good Friday" },
    { date: "2026-05-25", name: "Memorial Day" },
    { date: "2026-06-19", name: "Juneteenth" },
    { date: "2026-07-03", name: "Independence Day (observed)" },
    { date: "2026-09-07", name: "Labor Day" },
    { date: "2026-11-26", name: "Thanksgiving Day" },
    { date: "2026-12-25", name: "Christmas Day" },
    { date: "2027-01-01", name: "New Year's Day" },
    { date: "2027-01-18", name: "Martin Luther King, Jr. Day" },
    { date: "2027-02-15", name: "Washington's Birthday" },
    { date: "2027-03-26", name: "Good Friday" },
    { date: "2027-05-31", name: "Memorial Day" },
    { date: "2027-06-18", name: "Juneteenth (observed)" },
    { date: "2027-07-05", name: "Independence Day (observed)" },
    { date: "2027-09-06", name: "Labor Day" },
    { date: "2027-11-25", name: "Thanksgiving Day" },
    { date: "2027-12-24", name: "Christmas Day (observed)" },
    { date: "2028-01-17", name: "Martin Luther King, Jr. Day" },
    { date: "2028-02-21", name: "Washington's Birthday" },
    { date: "2028-04-14", name: "Good Friday" },
    { date: "2028-05-29", name: "Memorial Day" },
    { date: "2028-06-19", name: "Juneteenth" },
    { date: "2028-07-04", name: "Independence Day" },
    { date: "2028-09-04", name: "Labor Day" },
    { date: "2028-11-23", name: "Thanksgiving Day" },
    { date: "2028-12-25", name: "Christmas Day" },
  ],
};

/**
 * Hours and days without trading: "Handelskalender" of the Deutsche Boerse Digital Exchange (Deutsche Börse Group),
 * Monday to Friday from 8:00 to 20:00, the table of 2024 to 2029.
 */
const dbdx: Market = {
  title: "Deutsche Boerse Digital Exchange",
  timeZone: "Europe/Berlin",
  days: weekdays,
  opens: "08:00",
  closes: "20:00",
  knownUntil: "2029-12-31",
  holidays: [
    { date: "2026-01-01", name: "New Year's Day" },
    { date: "2026-04-03", name: "Good Friday" },
    { date: "2026-04-06", name: "Easter Monday" },
    { date: "2026-05-01", name: "Labour Day" },
    { date: "2026-12-24", name: "Christmas Eve" },
    { date: "2026-12-25", name: "Christmas Day" },
    { date: "2026-12-31", name: "New Year's Eve" },
    { date: "2027-01-01", name: "New Year's Day" },
    { date: "2027-03-26", name: "Good Friday" },
    { date: "2027-03-29", name: "Easter Monday" },
    { date: "2027-12-24", name: "Christmas Eve" },
    { date: "2027-12-31", name: "New Year's Eve" },
    { date: "2028-04-14", name: "Good Friday" },
    { date: "2028-04-17", name: "Easter Monday" },
    { date: "2028-05-01", name: "Labour Day" },
    { date: "2028-12-25", name: "Christmas Day" },
    { date: "2028-12-26", name: "Second day of Christmas" },
    { date: "2029-01-01", name: "New Year's Day" },
    { date: "2029-03-30", name: "Good Friday" },
    { date: "2029-04-02", name: "Easter Monday" },
    { date: "2029-05-01", name: "Labour Day" },
    { date: "2029-12-24", name: "Christmas Eve" },
    { date: "2029-12-25", name: "Christmas Day" },
    { date: "2029-12-26", name: "Second day of Christmas" },
    { date: "2029-12-31", name: "New Year's Eve" },
  ],
};

/** The markets that a sync strategy can name. Another one needs its official list of holidays, with its source. */
export const markets = { nyse, dbdx } as const satisfies Readonly<Record<string, Market>>;

export type MarketName = keyof typeof markets;

export const marketNames = Object.keys(markets) as [MarketName, ...MarketName[]];
