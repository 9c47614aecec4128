/** The tag or the start of the digest of an image; its name is the application's as a rule, and long. */
export function imageVersion(image: string): string {
  const [name = "", digest] = image.split("@");
  return /:([^/:]+)$/.exec(name)?.[1] ?? digest?.slice(0, 19) ?? image;
}

/** A commit as people write it. */
export const short = (commit: string): string => commit.slice(0, 7);
