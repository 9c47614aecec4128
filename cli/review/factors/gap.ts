import { finding } from "./factor.ts";
import type { Factor } from "./factor.ts";

/** What the review could not look at. */
export const gap: Factor = ({ gaps = [] }, config) => gaps.map((text) => finding("gap", config, { text }));
