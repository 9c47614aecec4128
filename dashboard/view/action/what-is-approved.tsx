import type { Snapshot } from "../../../cli/dashboard/model.ts";
import { short } from "../../logic/images.ts";
import { isOf } from "../../logic/states.ts";
import { session } from "../../state/live.ts";
import { DiffOf } from "../diff.tsx";
import { ImagePair } from "../version.tsx";

interface Props {
  readonly of: { readonly application: string; readonly environment: string };
  readonly facts: Snapshot;
}

/** What happens when a person approves: in words, the images, and what Git changes. */
export function WhatIsApproved({ of, facts }: Props) {
  const status = facts.applications.find((one) => isOf(one, of));
  if (status === undefined) return <p class="notice">It is no longer there.</p>;
  const { wanted, running, waitsFor, environment, application } = status;
  const revision = facts.approvals.find((one) => isOf(one, of))?.revision ?? wanted;
  const base = running === null || running === revision ? "" : `?base=${running}`;
  const path = [environment, application, revision ?? ""].map(encodeURIComponent).join("/");
  return (
    <>
      <p>
        {waitsFor === "promotion"
          ? "The release that has passed its analysis gets all traffic, and becomes what runs."
          : waitsFor === "sync"
            ? `Argo CD brings ${environment} to what Git says${revision === null ? "" : ` (${short(revision)})`}.`
            : "Nothing waits for an approval any more; the command will say so."}
      </p>
      <p>
        <ImagePair {...status} />
      </p>
      {session.value?.history === true && revision !== null && (
        <details>
          <summary>What changes</summary>
          <DiffOf path={`api/diff/${path}${base}`} />
        </details>
      )}
    </>
  );
}
