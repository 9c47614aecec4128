import { session } from "../../state/live.ts";

import { target, words } from "./target.ts";
import type { Target } from "./target.ts";

/** Opens the dialog of an action; it is not there where the server does not permit it. */
export function ActionButton({ target: of }: { readonly target: Target }) {
  if (session.value?.actions.includes(of.name) !== true) return null;
  const { verb, object } = words(of);
  return (
    <button type="button" class="small" onClick={() => (target.value = of)}>
      {verb}…{object !== "" && <span class="visually-hidden"> {object}</span>}
    </button>
  );
}
