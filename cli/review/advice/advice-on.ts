import pRetry from "p-retry";

import type { Addition } from "../assess.ts";
import type { ReviewConfig } from "../config.ts";
import { finding } from "../factors/factor.ts";

import { AdviceError } from "./adviser.ts";
import type { Adviser } from "./adviser.ts";
import { readAnswer } from "./answer.ts";
import type { Advice } from "./answer.ts";
import { questionAbout } from "./question.ts";
import type { Material } from "./question.ts";

/**
 * Asks a model about a change. What comes back can only be added to a review: points that are never negative, and
 * comments. Without an answer the review goes on without it, and says so.
 * @param signal ends everything; its reason is thrown
 */
export async function adviceOn(
  adviser: Adviser,
  material: Material,
  config: ReviewConfig,
  signal: AbortSignal,
): Promise<Addition> {
  const { maxBytes, maxTokens, timeoutSeconds, attempts } = config.advice;
  const question = questionAbout(material, { maxBytes, maxTokens });
  const attempt = async () => readAnswer(await withTimeout(adviser, question, timeoutSeconds, signal));
  try {
    const advice = await pRetry(attempt, {
      retries: attempts - 1,
      minTimeout: 500,
      signal,
      shouldRetry: ({ error }) => error instanceof AdviceError && error.temporary,
    });
    return additionOf(adviser, advice, question.lost, config);
  } catch (error) {
    signal.throwIfAborted();
    if (!(error instanceof AdviceError)) throw error;
    return note(`no advice from ${adviser.name}: ${error.message}; the verdict stands without it`);
  }
}

async function withTimeout(
  adviser: Adviser,
  question: Parameters<Adviser["ask"]>[0],
  seconds: number,
  signal: AbortSignal,
): Promise<string> {
  const timeout = AbortSignal.timeout(seconds * 1000);
  try {
    return await adviser.ask(question, AbortSignal.any([signal, timeout]));
  } catch (error) {
    // Not temporary: who waited a whole time limit is not made to wait another.
    if (timeout.aborted && !signal.aborted) throw new AdviceError(`no answer within ${seconds} seconds`, false);
    throw error;
  }
}

function additionOf(adviser: Adviser, { risk, concerns }: Advice, lost: number, config: ReviewConfig): Addition {
  const text = `${adviser.name} sees a risk of ${risk.toFixed(2)}`;
  const cutOff = lost > 0 ? note(`${adviser.name} did not see the last ${lost} bytes of the change`).comments : [];
  return {
    findings: [finding("advice", config, { text, scale: risk })],
    comments: [
      ...concerns.map(({ file, text: words }) => ({
        level: "note" as const,
        rule: "advice/concern",
        message: `${adviser.name} (a language model; check it): ${words}`,
        ...(file === undefined ? {} : { file }),
      })),
      ...cutOff,
    ],
  };
}

function note(message: string): Addition {
  return { findings: [], comments: [{ level: "note", rule: "review", message }] };
}
