export { analyze, startAnalyzer } from "./analyzer.ts";
export type {
  Analysis,
  AnalyzedResource,
  AnalyzeInput,
  Analyzer,
  PolicyInfo,
  Remediation,
  Violation,
} from "./analyzer.ts";
export { packBundle } from "./bundle.ts";
export type { PackProcessOptions } from "./pack-process.ts";
