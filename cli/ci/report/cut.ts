/**
 * The beginning of a Markdown text, cut at a line. What is open there (a fence, `<details>`) is closed, so that it does
 * not swallow what follows.
 * @param length most characters that are kept of the text
 * @param note says where the rest is
 */
export function cut(text: string, length: number, note: string): string {
  if (text.length <= length) return text.trimEnd();
  const kept = text.slice(0, Math.max(0, text.lastIndexOf("\n", length)));
  let fence = "";
  let details = 0;
  for (const line of kept.split("\n")) {
    const [, mark = ""] = /^ {0,3}(`{3,}|~{3,})/.exec(line) ?? [];
    if (fence === "") {
      fence = mark;
      details += (line.match(/<details/g) ?? []).length - (line.match(/<\/details>/g) ?? []).length;
    } else if (mark.startsWith(fence) && line.trim() === mark) fence = "";
  }
  return [
    kept,
    ...(fence === "" ? [] : [fence]),
    ...Array<string>(Math.max(0, details)).fill("</details>"),
    "",
    note,
  ].join("\n");
}
