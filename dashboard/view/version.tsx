import { imageVersion, short } from "../logic/images.ts";

import { Icon } from "./icon.tsx";

/** What runs and, where another one is to come, that too. */
function Pair(props: {
  readonly now: string | null;
  readonly next: string | null;
  readonly shown: (text: string) => string;
}) {
  const { now, next, shown } = props;
  return (
    <>
      <code title={now ?? ""}>{now === null ? "none" : shown(now)}</code>
      {next !== null && next !== now && (
        <>
          <Icon name="arrow" />
          <span class="visually-hidden">to be replaced by</span>
          <code title={next}>{shown(next)}</code>
        </>
      )}
    </>
  );
}

export const ImagePair = ({
  image,
  nextImage,
}: {
  readonly image: string | null;
  readonly nextImage: string | null;
}) => (
  <span class="pair pair-image">
    <span class="visually-hidden">Image </span>
    <Pair now={image} next={nextImage} shown={imageVersion} />
  </span>
);

export const RevisionPair = ({
  running,
  wanted,
}: {
  readonly running: string | null;
  readonly wanted: string | null;
}) => (
  <span class="pair">
    <span class="visually-hidden">Revision </span>
    <Pair now={running} next={wanted} shown={short} />
  </span>
);
