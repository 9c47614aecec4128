/** A flag that is on for that share of users, as the overlays write it. */
export function rollout(percent: number): object {
  return {
    state: "ENABLED",
    variants: { on: true, off: false },
    defaultVariant: "off",
    targeting: {
      fractional: [
        ["on", percent],
        ["off", 100 - percent],
      ],
    },
  };
}

export const definitions = (flags: Record<string, unknown>): string => JSON.stringify({ flags });

export const constant = (value: unknown): object => ({
  state: "ENABLED",
  variants: { only: value },
  defaultVariant: "only",
});
