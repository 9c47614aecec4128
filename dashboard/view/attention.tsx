import type { Snapshot } from "../../cli/dashboard/model.ts";
import { applicationHash } from "../logic/routes.ts";
import { attention, counts, states } from "../logic/states.ts";
import type { Attention } from "../logic/states.ts";

import { ActionButton } from "./action/button.tsx";
import { Badge } from "./badge.tsx";
import { Code } from "./code.tsx";

/** Everything that is not well and why, the worst first, and what a person can do about it. */
export function AttentionList({ facts }: { readonly facts: Snapshot }) {
  const items = attention(facts.applications, facts.approvals);
  return (
    <section aria-labelledby="attention" class="attention">
      <div class="section-head">
        <h2 id="attention">Needs attention</h2>
        <p class="muted">
          {counts(facts.applications)
            .map(({ state, count }) => `${count} ${states[state].word.toLowerCase()}`)
            .join(", ")}
        </p>
      </div>
      {items.length === 0 ? (
        <p class="quiet">
          <Badge
            state="well"
            word={facts.applications.length === 0 ? "No Application is there yet." : "All is well."}
          />
        </p>
      ) : (
        <ul class="attention-list">
          {items.map((item) => (
            <Item key={item.application.id} item={item} />
          ))}
        </ul>
      )}
    </section>
  );
}

function Item({ item: { application: status, reason, approval } }: { readonly item: Attention }) {
  const { application, environment, state } = status;
  return (
    <li class={`attention-item state-${state}`} data-id={status.id}>
      <Badge state={state} />
      <a class="subject" href={applicationHash(application, environment)}>
        {application} <span class="muted">in</span> {environment}
      </a>
      <p class="reason">
        {reason}
        {approval !== undefined && (
          <>
            {" "}
            <Code text={approval.command} />
          </>
        )}
      </p>
      <span class="actions">
        {approval !== undefined && <ActionButton target={{ name: "approve", application, environment }} />}
        {state === "unwell" && <ActionButton target={{ name: "rollback", application, environment }} />}
      </span>
    </li>
  );
}
