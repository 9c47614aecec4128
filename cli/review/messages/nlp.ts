import model from "wink-eng-lite-web-model";
import winkNLP from "wink-nlp";
import type { ItemSentence, ItemToken, PartOfSpeech, WinkMethods } from "wink-nlp";

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
          lemma: token.out(its.lemma),
          partOfSpeech: token.out(its.pos) as PartOfSpeech,
          negated: Boolean(token.out(its.negationFlag)),
        });
      });
      sentences.push(words);
    });
  return sentences;
}
