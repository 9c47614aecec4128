/** A text of at most so many bytes of UTF-8, without a broken character at its end, and how many bytes are gone. */
export function cut(text: string, maxBytes: number): { readonly text: string; readonly lost: number } {
  const bytes = Buffer.from(text, "utf8");
  if (bytes.byteLength <= maxBytes) return { text, lost: 0 };
  let end = maxBytes;
  // Bytes 10xxxxxx continue a character.
  while (end > 0 && ((bytes[end] ?? 0) & 0xc0) === 0x80) end -= 1;
  return { text: bytes.toString("utf8", 0, end), lost: bytes.byteLength - end };
}
