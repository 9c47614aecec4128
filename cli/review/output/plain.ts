/** Text of others without control characters: they could move a terminal's cursor and rewrite the verdict. */
export function plain(text: string): string {
  return text.replace(/[\p{Cc}\p{Cf}\u2028\u2029]+/gu, " ");
}
