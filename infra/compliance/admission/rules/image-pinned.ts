import { podRule } from "../pods.ts";

/** A tag other than `latest` after the last slash (a colon before it is a port), or a digest. */
const pinned =
  'c.image.matches("@sha256:[0-9a-f]{64}$") || c.image.matches(":[^:/@]+$") && !c.image.endsWith(":latest")';

/** Every image has a version or a digest. */
export const imagePinned = podRule({
  name: "image-pinned",
  faults: `variables.containers.filter(c, !(${pinned})).map(c, "container " + c.name + " runs " + c.image)`,
  remedy: "a tag other than latest, or a digest; name the version in the overlay's images",
});
