import { sentencesOf } from "./nlp.ts";
import type { Word } from "./nlp.ts";
import { partsOf } from "./parts.ts";
import type { MessageParts } from "./parts.ts";
import { back, because, breaking, firstPhrase, hurry, unfinished } from "./phrases.ts";
import type { Phrase } from "./phrases.ts";

/** What a message says or, for `reason`, does not say. */
export type Signal = "wip" | "breaking" | "hotfix" | "revert" | "reason";

/** A signal and the words it was read from. */
export interface MessageSignal {
  readonly signal: Signal;
  readonly words: string;
}

/** Words of a body from which it counts as an explanation. Judgement: a short sentence. */
const explanation = 6;

/** What a commit message gives away. "Not a hotfix" and "no breaking change" are understood. */
export function readMessage(message: string): readonly MessageSignal[] {
  const parts = partsOf(message);
  // "feat(api)!: rename" reads as a sentence only without its type.
  const type = /^(\w+)(\([^)]*\))?(!)?: +/.exec(parts.subject);
  const sentences = [...sentencesOf(parts.subject), ...sentencesOf(parts.body)];
  const said = (signal: Signal, phrases: readonly Phrase[]): readonly MessageSignal[] => {
    const words = sentences.map((sentence) => affirmed(sentence, phrases)).find((found) => found !== undefined);
    return words === undefined ? [] : [{ signal, words: `says "${words}"` }];
  };
  const marked = (signal: Signal, mark: string | undefined) => (mark === undefined ? [] : [{ signal, words: mark }]);
  return [
    ...firstOf(marked("wip", /^(fixup|squash|amend)!/.exec(parts.subject)?.[0]), said("wip", unfinished)),
    ...firstOf(
      marked("breaking", type?.[3] === undefined ? undefined : `marked "${type[0].trim()}"`),
      marked("breaking", parts.trailers["breaking-change"]),
      said("breaking", breaking),
    ),
    ...said("hotfix", hurry),
    ...firstOf(marked("revert", parts.reverts ? "made by git revert" : undefined), startsWith(parts.subject, back)),
    ...(hasReason(parts, sentences) ? [] : marked("reason", "does not say why")),
  ];
}

function firstOf(...groups: readonly (readonly MessageSignal[])[]): readonly MessageSignal[] {
  return groups.find((group) => group.length > 0) ?? [];
}

/** The phrase's words, unless they are denied; a phrase that is itself a "not" cannot be. */
function affirmed(words: readonly Word[], phrases: readonly Phrase[]): string | undefined {
  const found = firstPhrase(words, phrases);
  if (found === undefined) return undefined;
  const denies = found.some(({ lemma }) => lemma === "not");
  return found.some(({ negated }) => negated) && !denies ? undefined : found.map(({ text }) => text).join(" ");
}

/** Only a subject that begins with it goes back; "so that a revert is easy" does not. */
function startsWith(subject: string, phrases: readonly Phrase[]): readonly MessageSignal[] {
  const words = sentencesOf(subject)[0] ?? [];
  const found = firstPhrase(words.slice(0, 2), phrases);
  return found === undefined ? [] : [{ signal: "revert", words: `says "${found.map(({ text }) => text).join(" ")}"` }];
}

function hasReason({ subject, body }: MessageParts, sentences: readonly (readonly Word[])[]): boolean {
  // Not "(#12)" at the end: that is the number a squash merge adds by itself.
  if (/\bCVE-\d{4}-\d+|(^|\s)#\d+\b/.test(`${subject}\n${body}`)) return true;
  const wordCount = body.split(/\s+/).filter((word) => /\p{L}{2}/u.test(word)).length;
  return (
    wordCount >= explanation || sentences.some((words) => firstPhrase(words, because) !== undefined || aims(words))
  );
}

/** "to close a hole": an infinitive of purpose. At the very start it would be no purpose of anything. */
function aims(words: readonly Word[]): boolean {
  return words.some(({ lemma }, index) => index > 0 && lemma === "to" && words[index + 1]?.partOfSpeech === "VERB");
}
