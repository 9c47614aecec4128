import { isMap, isSeq, parse, parseDocument } from "yaml";
import { z } from "zod";

/** An entry of `images` in a kustomization (kubernetes-sigs/kustomize, api/types/image.go). */
export interface ImageEntry {
  /** What the base calls it. */
  readonly name: string;
  readonly newName?: string | undefined;
  readonly newTag?: string | undefined;
  readonly digest?: string | undefined;
}

const text = z.union([z.string(), z.number().transform(String)]).optional();
const schema = z.object({
  images: z.array(z.object({ name: z.string(), newName: text, newTag: text, digest: text })).default([]),
});

const fields = ["newName", "newTag", "digest"] as const;

/** The images that a kustomization sets. */
export function imagesIn(kustomization: string): readonly ImageEntry[] {
  return schema.parse(parse(kustomization) ?? {}).images;
}

/** The image as a pod names it. */
export function reference({ name, newName = name, newTag, digest }: ImageEntry): string {
  return `${newName}${newTag === undefined ? "" : `:${newTag}`}${digest === undefined ? "" : `@${digest}`}`;
}

/** An image that names nothing certain: without tag and digest, or a tag that moves by its meaning. */
export function notPinned(images: readonly ImageEntry[]): string | undefined {
  const loose = images.find(
    ({ newTag, digest }) => digest === undefined && (newTag === undefined || newTag === "latest"),
  );
  return loose === undefined ? undefined : reference(loose);
}

/** One image that becomes another one. */
export interface ImageChange {
  readonly name: string;
  /** Null: the kustomization did not set it. */
  readonly before: string | null;
  readonly after: string;
}

/**
 * Sets images in the text of a kustomization; everything else stays as it is, comments too.
 * @returns the new text, and what is different; nothing is when the images are the same already
 */
export function withImages(
  kustomization: string,
  images: readonly ImageEntry[],
): { readonly text: string; readonly changes: readonly ImageChange[] } {
  const document = parseDocument(kustomization);
  if (document.errors.length > 0) throw document.errors[0] ?? new Error("no YAML");
  const before = imagesIn(kustomization);
  const changed = images.filter((image) => {
    const now = before.find(({ name }) => name === image.name);
    return now === undefined || fields.some((field) => now[field] !== image[field]);
  });
  if (changed.length === 0) return { text: kustomization, changes: [] };
  if (!isSeq(document.get("images"))) document.set("images", document.createNode([]));
  const list = document.get("images");
  for (const image of changed) {
    const found = isSeq(list) ? list.items.find((item) => isMap(item) && item.get("name") === image.name) : undefined;
    if (isMap(found)) {
      for (const field of fields) {
        if (image[field] === undefined) found.delete(field);
        else found.set(field, image[field]);
      }
    } else if (isSeq(list)) {
      const set = fields.flatMap((field) => (image[field] === undefined ? [] : [[field, image[field]] as const]));
      list.add(document.createNode({ name: image.name, ...Object.fromEntries(set) }));
    }
  }
  // kustomize edit writes lists at the column of their key; a file that is indented otherwise stays as it is.
  const indentSeq = !/^[A-Za-z]+:\s*\n- /m.test(kustomization);
  const changes = changed.map((image) => {
    const now = before.find(({ name }) => name === image.name);
    return { name: image.name, before: now === undefined ? null : reference(now), after: reference(image) };
  });
  return { text: document.toString({ lineWidth: 0, indentSeq, flowCollectionPadding: true }), changes };
}

/**
 * The image of an entry that runs nowhere although another version of it does; undefined when all is as Git says.
 * An entry of which nothing runs at all is one that no workload uses.
 * @param running images of the pods, as `status.summary.images` of the Application lists them
 */
export function notRunning(images: readonly ImageEntry[], running: readonly string[]): string | undefined {
  const wrong = images.find((image) => {
    const { newName, name, newTag, digest } = image;
    const repository = newName ?? name;
    const alike = running.filter((item) => item.replace(/@.*$/, "").replace(/:[^/:]*$/, "") === repository);
    if (alike.length === 0 || (newTag === undefined && digest === undefined)) return false;
    // With a digest the tag is but a name; kustomize may write both.
    const wanted = digest === undefined ? `${repository}:${newTag}` : undefined;
    return !alike.some((item) => (wanted === undefined ? item.endsWith(`@${digest}`) : item === wanted));
  });
  return wrong === undefined ? undefined : reference(wrong);
}
