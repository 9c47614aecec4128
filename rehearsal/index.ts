export { RehearsalError } from "./errors.ts";
export { record } from "./record.ts";
export type { Answers, ProgramOptions, RecordOptions, Recording } from "./record.ts";
export type { RecordedResource } from "./runtime/recorded-resource.ts";
export { unknownValue } from "./runtime/wire.ts";
export { readStackConfig, secret, secretPlaceholder } from "./stack-config.ts";
export type { StackConfig, StackOptions } from "./stack-config.ts";
