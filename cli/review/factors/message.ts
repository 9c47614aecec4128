import { readMessage } from "../messages/read.ts";

import { finding } from "./factor.ts";
import type { Factor } from "./factor.ts";

/** What the commit messages admit, and what they leave out. */
export const message: Factor = ({ commits }, config) =>
  commits.flatMap(({ hash, message: text }) =>
    readMessage(text).map(({ signal, words }) =>
      finding(`message.${signal}`, config, { text: `${hash.slice(0, 8)} "${subjectOf(text)}": ${words}` }),
    ),
  );

function subjectOf(text: string): string {
  return text.trim().split("\n")[0] ?? "";
}
