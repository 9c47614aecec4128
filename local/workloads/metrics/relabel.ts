/** One entry of `relabel_configs`, as far as infra/controllers/scrape-jobs.ts uses them. */
export interface RelabelRule {
  readonly source_labels: readonly string[];
  readonly target_label?: string;
  /** Default: replace. */
  readonly action?: "keep" | "drop" | "replace";
  /** Default: (.*) */
  readonly regex?: string;
  /** Default: $1 */
  readonly replacement?: string;
}

type Labels = Readonly<Record<string, string>>;

/**
 * What Prometheus makes of the labels of a target (model/relabel/relabel.go of github.com/prometheus/prometheus):
 * values are joined with ";", a regex matches as a whole, an empty replacement removes the label.
 *
 * @returns undefined when a rule drops the target
 */
export function relabel(labels: Labels, rules: readonly RelabelRule[]): Labels | undefined {
  const result: Record<string, string> = { ...labels };
  for (const { source_labels: sources, target_label: target, action = "replace", ...rule } of rules) {
    const value = sources.map((name) => result[name] ?? "").join(";");
    const match = new RegExp(`^(?:${rule.regex ?? "(.*)"})$`, "s").exec(value);
    if (action === "keep" && match === null) return undefined;
    if (action === "drop" && match !== null) return undefined;
    if (action !== "replace" || match === null || target === undefined) continue;
    const text = (rule.replacement ?? "$1").replaceAll(
      /\$(?:(\d+)|\{(\d+)\})/g,
      (_, plain?: string, braced?: string) => {
        return match[Number(plain ?? braced)] ?? "";
      },
    );
    if (text === "") delete result[target];
    else result[target] = text;
  }
  return result;
}
