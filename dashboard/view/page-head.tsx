import { connection, session, snapshot } from "../state/live.ts";
import { route } from "../state/route.ts";
import { theme, themes } from "../state/theme.ts";

import { Live } from "./live.tsx";

const views = [
  { view: "overview", hash: "#/", word: "Overview" },
  { view: "windows", hash: "#/windows", word: "Windows" },
] as const;

/** The head of the page: what is looked at, how fresh it is, who looks, and the ways to the views. */
export function PageHead() {
  const cluster = snapshot.value?.cluster ?? "dashboard";
  const viewer = session.value?.viewer;
  const known = connection.value.state !== "no-session" && session.value !== undefined;
  return (
    <header class="page-head">
      <a class="name" href="#/">
        gitops{" "}
        <span class="muted" title={cluster}>
          {withoutFolders(cluster)}
        </span>
      </a>
      <nav aria-label="Views">
        {views.map(({ view, hash, word }) => (
          <a key={view} href={hash} aria-current={route.value.view === view ? "page" : undefined}>
            {word}
          </a>
        ))}
      </nav>
      <div class="page-state">
        <Live />
        {known && (
          <span class="viewer">
            {viewer?.name ?? "anonymous"}
            {session.value?.readOnly === true && <span class="tag">read-only</span>}
          </span>
        )}
        <ThemeSwitch />
      </div>
    </header>
  );
}

function ThemeSwitch() {
  return (
    <label class="theme">
      <span class="visually-hidden">Colours</span>
      <select
        value={theme.value}
        onChange={({ currentTarget }) => (theme.value = themes.find((name) => name === currentTarget.value) ?? "auto")}
      >
        <option value="auto">Auto</option>
        <option value="light">Light</option>
        <option value="dark">Dark</option>
      </select>
    </label>
  );
}

/** The last part of a path: the rest is known to whoever started the command. */
const withoutFolders = (cluster: string): string => cluster.replaceAll(/(?:\/[^/\s]+)+\/(?=[^/\s])/g, "");
