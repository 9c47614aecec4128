import { useEffect, useRef } from "preact/hooks";

import { snapshot } from "../../state/live.ts";

import { ActionForm } from "./form.tsx";
import { target, words } from "./target.ts";

/** The dialog of the action that a person has chosen. The browser keeps the focus in it, and gives it back afterwards. */
export function ActionDialog() {
  const dialog = useRef<HTMLDialogElement>(null);
  const of = target.value;
  useEffect(() => {
    if (of !== undefined && dialog.current?.open === false) dialog.current.showModal();
  }, [of]);
  if (of === undefined || snapshot.value === undefined) return null;
  const { verb, object } = words(of);
  const close = (): void => dialog.current?.close();
  return (
    <dialog ref={dialog} aria-labelledby="action-title" onClose={() => (target.value = undefined)}>
      <h2 id="action-title">
        {verb}
        {object !== "" && <span class="muted"> {object}</span>}
      </h2>
      <ActionForm key={JSON.stringify(of)} of={of} facts={snapshot.value} close={close} />
    </dialog>
  );
}
