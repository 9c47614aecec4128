export type { Analysis, AnalyzeInput, PolicyInfo, Remediation, Violation } from "./analysis.ts";
export { analyze, startAnalyzer } from "./analyzer.ts";
export type { Analyzer } from "./analyzer.ts";
export { packBundle } from "./bundle.ts";
export type { PackProcessOptions } from "./pack-process.ts";
export type { AnalyzedResource } from "./requests.ts";
