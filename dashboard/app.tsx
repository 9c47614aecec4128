import { useEffect } from "preact/hooks";

import { announcement } from "./state/announce.ts";
import { connection, session, snapshot } from "./state/live.ts";
import { route } from "./state/route.ts";
import { ActionDialog } from "./view/action/dialog.tsx";
import { ApplicationView } from "./view/application.tsx";
import { Notices } from "./view/live.tsx";
import { Overview } from "./view/overview.tsx";
import { PageHead } from "./view/page-head.tsx";
import { Windows } from "./view/windows.tsx";

/** The page: its head, one view, and what opens above them. */
export function App() {
  const stale = connection.value.state !== "live" || snapshot.value?.problem != null;
  return (
    <>
      <SkipLink />
      <PageHead />
      <main id="content" tabIndex={-1} data-stale={stale ? "true" : undefined}>
        <Notices />
        <View />
      </main>
      <footer class="page-foot muted">
        The same in a terminal: <code>gitops status</code>, <code>gitops history</code>.
        {session.value?.readOnly === true && " Read-only: start it with --allow-actions to act from here."}
      </footer>
      <div class="visually-hidden" role="status" aria-live="polite" id="announcements">
        {announcement.value}
      </div>
      <ActionDialog />
    </>
  );
}

function View() {
  const facts = snapshot.value;
  const { value } = route;
  useEffect(() => {
    const name = value.view === "application" ? value.application : value.view;
    document.title = `${name} · gitops dashboard`;
  }, [value]);
  if (facts === undefined) {
    return <p class="quiet">{connection.value.state === "no-session" ? "" : "Asking the cluster…"}</p>;
  }
  if (value.view === "application") return <ApplicationView key={value.application} route={value} facts={facts} />;
  if (value.view === "windows") {
    return (
      <>
        <h1 tabIndex={-1} class="visually-hidden">
          Windows
        </h1>
        <Windows facts={facts} open />
      </>
    );
  }
  return <Overview facts={facts} />;
}

/** Past the head of the page; not by the address, which says the view. */
function SkipLink() {
  const skip = (event: Event): void => {
    event.preventDefault();
    document.getElementById("content")?.focus();
  };
  return (
    <a class="skip" href="#content" onClick={skip}>
      Skip to content
    </a>
  );
}
