import { createHash } from "node:crypto";

/** Longest name of a preview without its prefix: the template of the ApplicationSet cuts there. */
const longest = 50;

/**
 * What a branch is called in names of Kubernetes: lower-case letters, digits and `-`, at most 50 characters. Where that
 * changed the name, a hash of it follows, so that `a_b` and `a-b` stay two.
 * @param name without the prefix of the branch
 */
export function slugOf(name: string): string {
  const plain = name
    .toLowerCase()
    .replace(/[^a-z0-9]+/g, "-")
    .replace(/^-+|-+$/g, "");
  if (plain === name && plain.length <= longest) return plain;
  const hash = createHash("sha256").update(name).digest("hex").slice(0, 8);
  const start = plain.slice(0, longest - hash.length - 1).replace(/-+$/, "");
  return start === "" ? hash : `${start}-${hash}`;
}
