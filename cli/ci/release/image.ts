/** An image as a release names it. */
export interface Image {
  /** Registry and repository, such as "ghcr.io/example/app". */
  readonly name: string;
  readonly tag: string;
  /** What the registry calls the pushed image: the tag can be moved, this cannot. */
  readonly digest: string;
}

const patterns: Readonly<Record<keyof Image, readonly [RegExp, string]>> = {
  // The grammar of distribution/reference, reference.go: lower case, and a domain with a dot, a port or "localhost".
  name: [
    /^(?:localhost|[a-z0-9-]+(?:\.[a-z0-9-]+)+)(?::\d+)?(?:\/[a-z0-9]+(?:(?:[._]|__|-+)[a-z0-9]+)*)+$/,
    "ghcr.io/example/app",
  ],
  tag: [/^(?!latest$)\w[\w.-]{0,127}$/, "1.4.2 (and never latest)"],
  digest: [/^sha256:[a-f0-9]{64}$/, "sha256: and 64 hexadecimal digits"],
};

/** @throws for a part that a registry would refuse, and for the tag "latest", which names nothing certain */
export function checkImage(image: Image): Image {
  for (const part of ["name", "tag", "digest"] as const) {
    const [pattern, example] = patterns[part];
    if (!pattern.test(image[part]))
      throw new Error(`image ${part} "${image[part]}": allowed is one such as ${example}`);
  }
  return image;
}
