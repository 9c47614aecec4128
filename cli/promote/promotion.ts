import type { Environment } from "../../infra/environments.ts";
import type { Commit } from "../recovery/history.ts";

import type { ImageChange } from "./images.ts";
import type { SignatureCheck } from "./signatures.ts";
import type { Refusal, Source } from "./source.ts";

/** What is asked for. */
export interface Promotion {
  readonly from: Environment;
  readonly to: Environment;
  /** `images`: what the overlays say of images. `branch`: everything that the source has, by a merge. */
  readonly mode: "images" | "branch";
  readonly source: Source;
  /** `Name <address>` of the person. */
  readonly by: string;
  /** Whose signature every image has to have. Undefined: signatures are not looked at. */
  readonly signed?: { readonly by: string; readonly check: SignatureCheck } | undefined;
}

/** One application that is brought over. */
export interface Promoted {
  readonly application: string;
  /** Of the source. */
  readonly revision: string;
  /** Empty for a whole branch. */
  readonly images: readonly ImageChange[];
  /** What it brings since the last promotion, newest first. */
  readonly commits: readonly Commit[];
}

/** What a look at the newest commit of the target found. */
export interface Plan {
  readonly promoted: readonly Promoted[];
  readonly refused: readonly Refusal[];
}
