import type { Assessment } from "../assessment.ts";

/** The JSON document: version 1 of it. New fields do not raise the version. */
export type ReviewDocument = Assessment & { readonly schemaVersion: 1 };

/** The verdict as a document for programs; nothing in it is rounded. */
export function reviewJson(assessment: Assessment): ReviewDocument {
  return { schemaVersion: 1, ...assessment };
}
