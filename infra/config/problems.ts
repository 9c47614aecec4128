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
      if (issue.input === undefined) return at(`missing; allowed: ${typeText(issue.expected)}; add it`);
      return at(
        `${given(issue.input)} is not ${typeText(issue.expected)}; allowed: ${typeText(issue.expected)}; change it`,
      );
    case "invalid_value":
      return at(
        `${issue.input === undefined ? "missing" : `${given(issue.input)} is unknown`}; allowed: ${issue.values.map(quote).join(", ")}; choose one of these`,
      );
    case "unrecognized_keys":
      return issue.keys.map((key) => ({
        path: pathText([...path, key]),
        message: `unknown key; allowed: ${issue.message}; remove or rename it`,
      }));
    case "too_small":
      return at(
        `${quote(issue.input)} is too small; allowed: ${bound("at least", issue.minimum, issue.origin)}; ` +
          (issue.origin === "number" || issue.origin === "int" ? "raise it" : "add what is missing"),
      );
    case "too_big":
      return at(
        `${quote(issue.input)} is too large; allowed: ${bound("at most", issue.maximum, issue.origin)}; ` +
          (issue.origin === "number" || issue.origin === "int" ? "lower it" : "remove some"),
      );
    case "invalid_union":
      return issue.errors.length > 0
        ? (issue.errors[0] ?? []).flatMap((inner) => describe(inner, path))
        : at(unionMessage(issue));
    case "invalid_key":
      return at(keyMessage(issue));
    case "invalid_element":
    case "invalid_format":
    case "not_multiple_of":
      return at(issue.message);
  }
}

/** A discriminated union refuses its discriminator: say which values it has. */
function unionMessage(issue: z.core.$ZodIssueInvalidUnion): string {
  const { input, discriminator, options } = issue as { input?: unknown; discriminator?: string; options?: unknown[] };
  const kind: unknown = typeof input === "object" && input !== null ? Reflect.get(input, discriminator ?? "") : input;
  if (options === undefined) return `${given(kind)} fits none of the allowed forms`;
  return `${kind === undefined ? "missing" : `${given(kind)} is unknown`}; allowed: ${options.map(quote).join(", ")}; choose one of these`;
}

/** Keys of a record are a list of names, or a text of some form. */
function keyMessage(issue: z.core.$ZodIssueInvalidKey): string {
  const values = issue.issues.flatMap((inner) => (inner.code === "invalid_value" ? inner.values : []));
  if (values.length > 0) return `unknown key; allowed: ${values.map(quote).join(", ")}; remove or rename it`;
  return `wrong key: ${issue.issues.map((inner) => inner.message).join("; ")}`;
}

function bound(relation: string, limit: number | bigint, origin: string): string {
  const unit = { array: "entry", string: "character" }[origin];
  if (unit === undefined) return `${relation} ${limit}`;
  return `${relation} ${limit} ${limit === 1 ? unit : unit.replace(/y$/, "ie") + "s"}`;
}

/** Zod's name of a type as a person would say it. */
function typeText(type: string): string {
  switch (type) {
    case "array":
      return "a list";
    case "int":
      return "a whole number";
    case "record":
    case "object":
      return "an object";
    default:
      return `a ${type}`;
  }
}

/** A value of a wrong type. What it holds is left out: a whole kubeconfig, for one, is a secret. */
function given(value: unknown): string {
  if (Array.isArray(value)) return "a list";
  return typeof value === "object" && value !== null ? "an object" : quote(value);
}

/** A value as JSON, cut where it is too long to be read. */
export function quote(value: unknown): string {
  const text = value === undefined ? "nothing" : JSON.stringify(value);
  return text.length > 120 ? `${text.slice(0, 120)}...` : text;
}
