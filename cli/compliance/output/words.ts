import type { ControlReport, Result } from "../model.ts";

/** `11 pass, 1 fail`. */
export function counted(controls: readonly ControlReport[]): string {
  const order: readonly Result[] = ["pass", "waived", "unknown", "fail"];
  return order
    .map((result) => [controls.filter((control) => control.result === result).length, result] as const)
    .filter(([count]) => count > 0)
    .map(([count, result]) => `${count} ${result}`)
    .join(", ");
}
