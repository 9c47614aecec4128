import { states } from "../logic/states.ts";
import type { State } from "../logic/states.ts";

import { Icon } from "./icon.tsx";

/** A state by its shape, its word and its colour. */
export function Badge({ state, word }: { readonly state: State; readonly word?: string }) {
  return (
    <span class={`badge badge-${state}`}>
      <Icon name={states[state].icon} />
      {word ?? states[state].word}
    </span>
  );
}
