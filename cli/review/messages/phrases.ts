import type { Word } from "./nlp.ts";

/** Base forms in a row; `|` between alternatives. */
export type Phrase = readonly string[];

const of = (...phrases: readonly string[]): readonly Phrase[] => phrases.map((phrase) => phrase.split(" "));

/** What somebody in a hurry writes. */
export const hurry = of("hotfix", "hot fix", "quickfix", "quick fix", "urgent|urgently", "asap", "emergency");

/** What somebody who is not done writes. */
export const unfinished = of("wip", "work in progress", "unfinished", "not finish", "do not|n't merge", "untested");

/** What somebody writes who knows that others have to adapt. */
export const breaking = of(
  "breaking change|changes|upgrade|release|update",
  "break client|clients|compatibility|api|apis|consumer|consumers|caller|callers|user|users|contract|existing|backward",
  "break the|all|our|every client|clients|compatibility|api|apis|consumer|consumers|caller|callers|user|users|contract",
  "incompatible",
  "incompatibly",
);

/** The way back. */
export const back = of("revert", "roll back", "rollback");

/** Words that begin a reason. */
export const because = of(
  "because",
  "since",
  "so",
  "as",
  "therefore",
  "otherwise",
  "due to",
  "which|whose|who",
  "instead",
  "prevent|avoid|allow|let|need|require",
);

/** The words of the first phrase that occurs. */
export function firstPhrase(words: readonly Word[], phrases: readonly Phrase[]): readonly Word[] | undefined {
  for (let start = 0; start < words.length; start += 1) {
    for (const phrase of phrases) {
      const candidate = words.slice(start, start + phrase.length);
      const matches = phrase.every((forms, index) => {
        const word = candidate[index];
        return word !== undefined && forms.split("|").some((form) => form === word.lemma || form === wordForm(word));
      });
      if (matches) return candidate;
    }
  }
  return undefined;
}

const wordForm = ({ text }: Word): string => text.toLowerCase();
