import type { z } from "zod";

/** A contradiction between settings that are each right by themselves. */
export interface RuleProblem {
  /** From the checked object down. */
  readonly path: PropertyKey[];
  /** What was given, what is allowed, how to mend it. */
  readonly message: string;
}

/** What a rule may rely on, by path from the checked object down. */
export interface Sound {
  /** Whether everything at the path and under it is right. */
  readonly whole: (...path: PropertyKey[]) => boolean;
  /** Whether the object or list at the path is there to be looked into, whatever is wrong inside. */
  readonly outside: (...path: PropertyKey[]) => boolean;
}

/**
 * Adds rules between fields. Zod skips the checks of an object that has problems inside, so a person would see the
 * contradictions only after the rest is mended; these run in any case and leave out what rests on a wrong value.
 * @param rules must ask `sound` before they touch a value: a wrong one has any type at all
 */
export function crossCheck<Schema extends z.ZodType>(
  schema: Schema,
  rules: (value: z.output<Schema>, sound: Sound) => readonly RuleProblem[],
): Schema {
  return schema.superRefine(
    (value, context) => {
      const sound = soundness(context.issues);
      for (const { path, message } of rules(value, sound)) context.addIssue({ code: "custom", path, message });
    },
    { when: ({ issues }) => soundness(issues).outside() },
  );
}

type Issues = readonly { readonly code?: string | undefined; readonly path?: PropertyKey[] | undefined }[];

function soundness(issues: Issues): Sound {
  // An unknown key says nothing about the keys that are known.
  const broken = issues.filter(({ code }) => code !== "unrecognized_keys").map(({ path }) => [...(path ?? [])]);
  const startsWith = (path: readonly PropertyKey[], start: readonly PropertyKey[]) =>
    start.every((part, index) => path[index] === part);
  const outside = (...path: PropertyKey[]) => !broken.some((wrong) => startsWith(path, wrong));
  return { outside, whole: (...path) => outside(...path) && !broken.some((wrong) => startsWith(wrong, path)) };
}
