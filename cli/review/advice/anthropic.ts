import { z } from "zod";

import { AdviceError } from "./adviser.ts";
import type { Adviser } from "./adviser.ts";
import type { Access } from "./openai.ts";
import { post } from "./post.ts";

/** Fields of anthropics/anthropic-sdk-typescript, src/resources/messages/messages.ts, Message. */
const answer = z.object({
  content: z.array(z.object({ type: z.string(), text: z.string().optional() })),
  stop_reason: z.string().nullish(),
});

/** Anthropic's messages (`POST <base>/v1/messages`). */
export function anthropic({ baseUrl, key, model }: Access): Adviser {
  return {
    name: `anthropic ${model}`,
    ask: async ({ instructions, material, maxTokens }, signal) => {
      const { content, stop_reason } = await post({
        url: `${baseUrl}/v1/messages`,
        headers: {
          // What the official SDK sends whose types these are (1.12.0, src/client.ts, buildHeaders).
          "anthropic-version": "2026-10-21",
          ...(key === undefined ? {} : { "x-api-key": key }),
        },
        body: { model, max_tokens: maxTokens, system: instructions, messages: [{ role: "user", content: material }] },
        schema: answer,
        signal,
      });
      const text = content.flatMap((block) => (block.type === "text" ? (block.text ?? []) : [])).join("");
      if (text !== "") return text;
      throw new AdviceError(`the model did not answer (${stop_reason ?? "no reason"})`, false);
    },
  };
}
