import { listenerVerified } from "./listener-verified.ts";
import { runAccount } from "./run-account.ts";
import { stepImagePinned, stepUnprivileged } from "./steps.ts";

/** Policies on what builds and releases applications. */
export const ciPolicies = [listenerVerified, runAccount, stepImagePinned, stepUnprivileged] as const;
