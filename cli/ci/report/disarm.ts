/** Shows as nothing, in text and in code. */
const nothing = "\u200B";

/**
 * Takes from Markdown by others what would act rather than be read: mentions notify people, and HTML comments could
 * pose as a marker or swallow the rest. The text reads as before.
 */
export function disarm(markdown: string): string {
  return markdown
    .replaceAll(/@(?=[A-Za-z0-9])/g, `@${nothing}`)
    .replaceAll("<!--", `<${nothing}!--`)
    .replaceAll(/#(?=\d)/g, `#${nothing}`);
}
