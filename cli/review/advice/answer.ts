import { z } from "zod";

import { plain } from "../output/plain.ts";

import { AdviceError } from "./adviser.ts";
import { redact } from "./redact.ts";

/** Longest text of a concern that is shown, in characters. */
const maxText = 500;

const concern = z.object({
  file: z.string().nullish(),
  text: z.string().trim().min(1),
});

const schema = z.object({
  risk: z.number().min(0).max(1),
  /** Further ones are left out: nobody reads them. */
  concerns: z.array(concern).transform((all) => all.slice(0, 20)),
});

/** What a model is worried about. Fields beyond these, such as a verdict of its own, have no meaning. */
export interface Advice {
  /** 0 to 1. */
  readonly risk: number;
  readonly concerns: readonly { readonly file: string | undefined; readonly text: string }[];
}

/**
 * Reads an answer, which may stand in a code fence.
 * @throws AdviceError when it has another form than was asked for
 */
export function readAnswer(answer: string): Advice {
  const json = /^\s*```(?:json)?\s*([\s\S]*?)\s*```\s*$/.exec(answer)?.[1] ?? answer;
  let content: unknown;
  try {
    content = JSON.parse(json);
  } catch {
    throw new AdviceError(`the model's answer is no JSON: "${plain(answer.slice(0, 80))}"`, false);
  }
  const result = schema.safeParse(content);
  if (!result.success) {
    throw new AdviceError(`the model's answer has not the form asked for: ${z.prettifyError(result.error)}`, false);
  }
  return {
    risk: result.data.risk,
    concerns: result.data.concerns.map(({ file, text }) => ({
      file: isPath(file) ? file : undefined,
      text: redact(plain(text)).slice(0, maxText),
    })),
  };
}

/** A path inside the repository, and not a place elsewhere. */
function isPath(file: string | null | undefined): file is string {
  return typeof file === "string" && /^[\w.@-][\w./@-]*$/.test(file) && !file.split("/").includes("..");
}
