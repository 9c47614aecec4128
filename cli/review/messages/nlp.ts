import model from "wink-eng-lite-web-model";
import winkNLP from "wink-nlp";
import type { ItemSentence, ItemToken, ItsHelpers, PartOfSpeech, WinkMethods } from "wink-nlp";

/** A word of a message. */
export interface Word {
  readonly text: string;
  /** Base form, lower case: `breaks` is `break`. */
  readonly lemma: string;
  readonly partOfSpeech: PartOfSpeech;
  /** Within the reach of a "not", "no", "never". */
  readonly negated: boolean;
}

let loaded: WinkMethods | undefined;

/** The words and signs of an English text, sentence by sentence. */
export function sentencesOf(text: string): readonly (readonly Word[])[] {
  // Loading takes most of a second, so it waits for the first text; entities and sentiment are left out.
  loaded ??= winkNLP(model, ["sbd", "negation", "pos"]);
  const { its } = loaded;
  const sentences: Word[][] = [];
  loaded
    .readDoc(text)
    .sentences()
    .each((sentence: ItemSentence) => {
      const words: Word[] = [];
      sentence.tokens().each((token: ItemToken) => {
        words.push({
          text: token.out(),
          lemma: String(property(token, its, "lemma")),
          partOfSpeech: property(token, its, "pos") as PartOfSpeech,
          negated: Boolean(property(token, its, "negationFlag")),
        });
      });
      sentences.push(words);
    });
  return sentences;
}

/** In wink's types `lemma` asks for more than `out` passes, which at run time it does pass. */
function property(token: ItemToken, its: ItsHelpers, name: "lemma" | "pos" | "negationFlag"): unknown {
  // eslint-disable-next-line @typescript-eslint/unbound-method -- its helpers are plain functions (wink-nlp, src/its.js)
  return token.out(its[name] as never);
}
