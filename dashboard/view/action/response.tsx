import { useEffect, useRef } from "preact/hooks";

import type { ActionResponse } from "../../../cli/dashboard/model.ts";
import { short } from "../../logic/images.ts";
import { filesOfDiff } from "../../logic/patch.ts";
import { fullTime } from "../../logic/times.ts";
import { Code } from "../code.tsx";
import { Patch } from "../diff.tsx";

/** The parts of the commands' documents that are shown; cli/README.md lists their fields. */
interface Document {
  readonly preview?: { readonly message: string; readonly difference: string } | null;
  readonly refused?: readonly { readonly application: string; readonly reason: string }[];
  readonly next?: string | null;
  readonly pullRequest?: { readonly number: number; readonly url: string } | null;
  readonly freezes?: readonly Freeze[];
  readonly commit?: string | null;
  readonly branch?: string | null;
}

interface Freeze {
  readonly environment: string;
  readonly applications?: readonly string[];
  readonly from: string;
  readonly until: string;
  readonly strict?: boolean;
}

const titles = { done: "Done", refused: "Refused", failed: "Failed" } as const;

/** Whether all of it is so already: promote and rollback say it in `action`, freeze and unfreeze in `outcome`. */
export function hasNothingToDo({ document }: ActionResponse): boolean {
  const said = document as { readonly action?: unknown; readonly outcome?: unknown } | null;
  return said?.action === "nothing" || said?.outcome === "nothing";
}

function titleOf(response: ActionResponse, dryRun: boolean): string {
  if (hasNothingToDo(response)) return "Nothing to do";
  return dryRun && response.outcome === "done" ? "This would happen" : titles[response.outcome];
}

/** What the command said, in its own words. */
export function Response({ response, dryRun }: { readonly response: ActionResponse; readonly dryRun: boolean }) {
  const { outcome, message, command } = response;
  const {
    preview,
    refused = [],
    next,
    pullRequest,
    freezes = [],
    commit,
    branch,
  } = (response.document ?? {}) as Document;
  // The next key goes on from here: to read it, then to what can be done.
  const place = useRef<HTMLDivElement>(null);
  useEffect(() => place.current?.focus(), [response]);
  return (
    <div
      ref={place}
      tabIndex={-1}
      class={`response response-${outcome}`}
      role={outcome === "done" ? "status" : "alert"}
    >
      <p>
        <strong>{titleOf(response, dryRun)}:</strong>{" "}
        <span class="words">{message.replace(/^(?:refused|nothing|error): /, "")}</span>
      </p>
      {refused.length > 0 && (
        <ul>
          {refused.map(({ application, reason }) => (
            <li key={application}>
              {application}: {reason}
            </li>
          ))}
        </ul>
      )}
      {outcome === "done" && freezes.map((freeze) => <FreezeFacts key={freeze.from} freeze={freeze} />)}
      {commit != null && (
        <p>
          Commit <code>{short(commit)}</code>
          {branch != null && ` on ${branch}`}.
        </p>
      )}
      {next != null && <p>{next}</p>}
      {pullRequest != null && (
        <p>
          <a href={pullRequest.url} target="_blank" rel="noreferrer">
            pull request {pullRequest.number}
          </a>
        </p>
      )}
      {preview != null && (
        <>
          <pre class="message">{preview.message}</pre>
          {filesOfDiff(preview.difference).map(({ path, patch }) => (
            <figure key={path}>
              <figcaption>
                <code>{path}</code>
              </figcaption>
              <Patch patch={patch} path={path} />
            </figure>
          ))}
        </>
      )}
      <p class="muted">
        <Code text={command} />
      </p>
    </div>
  );
}

/** What is frozen, or was. */
function FreezeFacts({ freeze: { environment, applications, from, until, strict } }: { readonly freeze: Freeze }) {
  return (
    <p>
      {environment} ({applications?.join(", ") ?? "all applications"}) from {fullTime(from)} until {fullTime(until)};{" "}
      {strict === true ? "nobody gets through" : "a person gets through where the sync is automatic"}
    </p>
  );
}
