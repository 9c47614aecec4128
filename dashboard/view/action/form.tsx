import { useEffect, useRef, useState } from "preact/hooks";

import type { ActionResponse, DashboardHistory, Snapshot } from "../../../cli/dashboard/model.ts";
import { postAction } from "../../state/api.ts";
import { useFetched } from "../../state/fetched.ts";
import { session } from "../../state/live.ts";

import { FieldInput } from "./field-input.tsx";
import { fieldsOf, requestOf } from "./fields.ts";
import type { Values } from "./fields.ts";
import { hasNothingToDo, Response } from "./response.tsx";
import { words } from "./target.ts";
import type { Target } from "./target.ts";
import { WhatIsApproved } from "./what-is-approved.tsx";

interface Props {
  readonly of: Target;
  readonly facts: Snapshot;
  readonly close: () => void;
}

/** Asks what has to be known, has the command say what it would do, and only then has it do so. */
export function ActionForm({ of, facts, close }: Props) {
  const [values, setValues] = useState<Values>({});
  const [preview, setPreview] = useState<ActionResponse>();
  const [result, setResult] = useState<ActionResponse>();
  const [busy, setBusy] = useState(false);
  const [error, setError] = useState("");
  const history = useFetched<DashboardHistory>(historyPath(of)).value;
  const fields = fieldsOf(of, facts, history, values);
  const asks = fields.length > 0;

  const edition = useRef(0);
  const run = (dryRun: boolean): void => {
    const asked = edition.current;
    setBusy(true);
    setError("");
    postAction(of.name, requestOf(of, values, dryRun), session.value?.csrfToken ?? "")
      .then(
        (response) => {
          if (!dryRun) setResult(response);
          // What somebody has changed meanwhile was not asked about.
          else if (asked === edition.current) setPreview(response);
        },
        (failure: unknown) => setError((failure as Error).message),
      )
      .finally(() => setBusy(false));
  };
  useEffect(() => {
    // Nothing to ask: it says at once what it would do.
    if (!asks) run(true);
  }, []);
  const change = (name: string, value: string): void => {
    edition.current += 1;
    setValues({ ...values, [name]: value });
    setPreview(undefined);
  };
  const submit = (event: Event): void => {
    event.preventDefault();
    // Enter in a field never does more than ask.
    if (!busy && result === undefined) run(true);
  };
  const confirms = preview?.outcome === "done" && !hasNothingToDo(preview);
  return (
    <form onSubmit={submit} aria-busy={busy}>
      {of.name === "approve" && <WhatIsApproved of={of} facts={facts} />}
      {result === undefined &&
        fields.map((field) => (
          <FieldInput key={field.name} field={field} value={values[field.name] ?? ""} change={change} />
        ))}
      {result === undefined && preview !== undefined && <Response response={preview} dryRun />}
      {result !== undefined && <Response response={result} dryRun={false} />}
      {error !== "" && (
        <p class="notice" role="alert">
          {error}
        </p>
      )}
      {busy && <p role="status">{preview === undefined ? "Asking the command…" : "The command runs…"}</p>}
      <p class="actions dialog-actions">
        <button type="button" onClick={close}>
          {result === undefined ? "Cancel" : "Close"}
        </button>
        {result === undefined && preview === undefined && (
          <button type="submit" class="primary" disabled={busy}>
            Show what would happen
          </button>
        )}
        {result === undefined && confirms && (
          <button type="button" class="primary" disabled={busy} onClick={() => run(false)}>
            {words(of).verb}
          </button>
        )}
      </p>
    </form>
  );
}

function historyPath(of: Target): string | undefined {
  if (of.name !== "rollback" || session.value?.history !== true) return undefined;
  return `api/history/${encodeURIComponent(of.application)}?env=${encodeURIComponent(of.environment)}&limit=20`;
}
