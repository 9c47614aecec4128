/** An HTML comment that GitHub does not show, by which a text of ours is found again. */
export function marker(name: string): string {
  if (!/^[\w:.-]+$/.test(name)) throw new Error(`marker "${name}": allowed are letters, digits, "_", ":", "." and "-"`);
  return `<!-- gitops-platform:${name} -->`;
}

/** Who writes with the GITHUB_TOKEN of a workflow. Only its texts are ours: anybody can write a marker. */
const author = "github-actions[bot]";

/** Whether a comment or issue is the one with this marker, written by a workflow. */
export function isOurs(
  text: { readonly body?: string | null | undefined; readonly user?: { readonly login: string } | null },
  mark: string,
): boolean {
  return text.user?.login === author && (text.body ?? "").startsWith(mark);
}
