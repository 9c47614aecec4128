import type { z } from "zod";

import { formatProblems, problemsOf, quote } from "./problems.ts";
import type { Problem } from "./problems.ts";
import { configSchema } from "./schema.ts";

/** Keys whose value is plain text; the engine hands over all others as JSON. */
const textKeys: ReadonlySet<string> = new Set(["repository", "controllers", "gitops"]);

/**
 * Turns the engine's flat map (key without the project's name -> text or JSON) into the typed configuration.
 * @returns the configuration, or one text with every problem
 */
export function parseConfig(
  values: Readonly<Record<string, string>>,
): { readonly config: z.output<typeof configSchema> } | { readonly error: string } {
  const malformed: Problem[] = [];
  const input: Record<string, unknown> = {};
  for (const [key, text] of Object.entries(values)) {
    try {
      input[key] = textKeys.has(key) ? text : (JSON.parse(text) as unknown);
    } catch {
      malformed.push({
        path: key,
        message: `${quote(text)} is not JSON; allowed: a structured value; set it with \`pulumi config set --path\``,
      });
    }
  }
  const result = configSchema.safeParse(input, { reportInput: true });
  if (result.success && malformed.length === 0) return { config: result.data };
  const broken = new Set(malformed.map(({ path }) => path));
  const problems = result.success ? [] : problemsOf(result.error).filter(({ path }) => !broken.has(path));
  return { error: formatProblems("the stack's configuration", inOrder([...malformed, ...problems])) };
}

/** In the order of the schema, whichever check found them; unknown keys last. */
function inOrder(problems: readonly Problem[]): Problem[] {
  const keys = Object.keys(configSchema.shape);
  const position = ({ path }: Problem) => {
    const index = keys.indexOf(/^[^.[]*/.exec(path)?.[0] ?? "");
    return index < 0 ? keys.length : index;
  };
  return problems.toSorted((one, other) => position(one) - position(other));
}
