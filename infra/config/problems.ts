import type { z } from "zod";

/** One thing that is wrong with the configuration. */
export interface Problem {
  /** Where: `applications[2].sync.prod.windows[0].schedule`. */
  readonly path: string;
  /** What was given, what is allowed and how to mend it. */
  readonly message: string;
}

/** All problems that zod found, in the order of the configuration, unions resolved to their branch. */
export function problemsOf(error: z.ZodError): Problem[] {
  return error.issues.flatMap((issue) => describe(issue, []));
}

/** The text a person reads: a heading and one line a problem. */
export function formatProblems(source: string, problems: readonly Problem[]): string {
  const heading = `${source} has ${problems.length} problem${problems.length === 1 ? "" : "s"}:`;
  return [heading, ...problems.map(({ path, message }) => `  ${path}: ${message}`)].join("\n");
}

/** `["a", 0, "b-c"]` as `a[0].b-c`. */
export function pathText(path: readonly PropertyKey[]): string {
  return path.reduce<string>((text, part) => {
    if (typeof part === "number") return `${text}[${part}]`;
    return text === "" ? String(part) : `${text}.${String(part)}`;
  }, "");
}

function describe(issue: z.core.$ZodIssue, parent: readonly PropertyKey[]): Problem[] {
  const path = [...parent, ...issue.path];
  const at = (message: string): Problem[] => [{ path: pathText(path), message }];
  switch (issue.code) {
    case "custom":
      return at(issue.message);
    case "invalid_type":
      if (issue.input === undefined) return at(`missing; allowed: ${article(issue.expected)}; add it`);
      return at(
        `${quote(issue.input)} is not ${article(issue.expected)}; allowed: ${article(issue.expected)}; change it`,
      );
    case "invalid_value":
      return at(
        `${quote(issue.input)} is unknown; allowed: ${issue.values.map(quote).join(", ")}; choose one of these`,
      );
    case "unrecognized_keys":
      return issue.keys.map((key) => ({
        path: pathText([...path, key]),
        message: `unknown key; allowed: ${issue.message}; remove or rename it`,
      }));
    case "too_small":
      return at(`${quote(issue.input)} is too small; allowed: ${bound("at least", issue.minimum, issue.origin)}`);
    case "too_big":
      return at(`${quote(issue.input)} is too large; allowed: ${bound("at most", issue.maximum, issue.origin)}`);
    case "invalid_union":
      return issue.errors.length > 0
        ? (issue.errors[0] ?? []).flatMap((inner) => describe(inner, path))
        : at(unionMessage(issue));
    case "invalid_key":
      return at(`this key is unknown; allowed: ${keyOptions(issue)}; rename or remove it`);
    case "invalid_element":
    case "invalid_format":
    case "not_multiple_of":
      return at(issue.message);
  }
}

/** A discriminated union refuses its discriminator: say which values it has. */
function unionMessage(issue: z.core.$ZodIssueInvalidUnion): string {
  const { input, discriminator, options } = issue as { input?: unknown; discriminator?: string; options?: unknown[] };
  const given: unknown = typeof input === "object" && input !== null ? Reflect.get(input, discriminator ?? "") : input;
  if (options === undefined) return `${quote(given)} fits none of the allowed forms`;
  return `${given === undefined ? "missing" : `${quote(given)} is unknown`}; allowed: ${options.map(quote).join(", ")}; choose one of these`;
}

function keyOptions(issue: z.core.$ZodIssueInvalidKey): string {
  const values = issue.issues.flatMap((inner) => (inner.code === "invalid_value" ? inner.values : []));
  return values.map(quote).join(", ");
}

function bound(relation: string, limit: number | bigint, origin: string): string {
  if (origin === "array") return `${relation} ${limit} ${limit === 1 ? "entry" : "entries"}`;
  return origin === "string" ? `${relation} ${limit} characters` : `${relation} ${limit}`;
}

function article(type: string): string {
  return /^[aeio]/.test(type) ? `an ${type}` : `a ${type}`;
}

function quote(value: unknown): string {
  return value === undefined ? "nothing" : JSON.stringify(value);
}
