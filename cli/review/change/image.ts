/** An image reference in its parts. */
export interface Image {
  /** Host and path: `ghcr.io/stefanprodan/podinfo`. */
  readonly repository: string;
  readonly tag?: string | undefined;
}

/**
 * The parts of an image reference, `[host[:port]/]path[:tag][@digest]`: a colon is the tag's only behind the last
 * slash (distribution/reference, reference.go).
 */
export function parseImage(reference: string): Image {
  const [name = ""] = reference.split("@");
  const colon = name.lastIndexOf(":");
  if (colon <= name.lastIndexOf("/")) return { repository: name };
  return { repository: name.slice(0, colon), tag: name.slice(colon + 1) };
}
