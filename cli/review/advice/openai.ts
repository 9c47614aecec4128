import { z } from "zod";

import { AdviceError } from "./adviser.ts";
import type { Adviser } from "./adviser.ts";
import { post } from "./post.ts";

/** Fields of openai/openai-node, src/resources/chat/completions/completions.ts, ChatCompletion. */
const answer = z.object({
  choices: z
    .array(z.object({ finish_reason: z.string().nullish(), message: z.object({ content: z.string().nullable() }) }))
    .min(1),
});

/** How to reach a service. */
export interface Access {
  /** Without a slash at its end. */
  readonly baseUrl: string;
  /** Undefined for services that ask for none, as those on one's own machine. */
  readonly key: string | undefined;
  readonly model: string;
}

/** OpenAI, or anything that speaks its chat completions (`POST <base>/chat/completions`). */
export function openai({ baseUrl, key, model }: Access): Adviser {
  return {
    name: `openai ${model}`,
    ask: async ({ instructions, material, maxTokens }, signal) => {
      const { choices } = await post({
        url: `${baseUrl}/chat/completions`,
        headers: key === undefined ? {} : { authorization: `Bearer ${key}` },
        body: {
          model,
          messages: [
            { role: "system", content: instructions },
            { role: "user", content: material },
          ],
          max_completion_tokens: maxTokens,
          response_format: { type: "json_object" },
        },
        schema: answer,
        signal,
      });
      const text = choices[0]?.message.content;
      if (typeof text === "string") return text;
      throw new AdviceError(`the model did not answer (${choices[0]?.finish_reason ?? "no reason"})`, false);
    },
  };
}
