import type { Snapshot } from "../../cli/dashboard/model.ts";

import { AttentionList } from "./attention.tsx";
import { Flow } from "./flow.tsx";
import { Windows } from "./windows.tsx";

/** The first view: what is not well, then everything. */
export function Overview({ facts }: { readonly facts: Snapshot }) {
  return (
    <>
      <h1 tabIndex={-1} class="visually-hidden">
        Overview
      </h1>
      <AttentionList facts={facts} />
      <Flow facts={facts} />
      <Windows facts={facts} />
    </>
  );
}
