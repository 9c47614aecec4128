export type Architecture = "x86_64" | "arm64";

/**
 * Processor architecture of an EC2 instance type. Types whose first option letter is `g` have Graviton processors
 * ("Amazon EC2 instance type naming conventions", EC2 user guide; pulumi-eks decides the same way), and so has the
 * first Graviton series, a1.
 */
export function architectureOf(instanceType: string): Architecture {
  return /^(a1\.|[a-z]+\d+g)/.test(instanceType) ? "arm64" : "x86_64";
}
