/** Tags of cloud resources: at most 50 on each, of which this platform adds Name and its own few. */
export type Tags = Readonly<Record<string, string>>;
