import { effect, signal } from "@preact/signals";

import type { Session, Snapshot } from "../../cli/dashboard/model.ts";
import { changes } from "../logic/changes.ts";

import { announce } from "./announce.ts";
import { ApiError, getJson } from "./api.ts";

/** How the page hears of changes. */
export type Connection =
  | { readonly state: "connecting" }
  | { readonly state: "live" }
  /** What is shown is as it was at `since` (milliseconds). */
  | { readonly state: "reconnecting"; readonly since: number }
  /** The server does not know this browser (any more). */
  | { readonly state: "no-session"; readonly message: string };

export const connection = signal<Connection>({ state: "connecting" });
export const snapshot = signal<Snapshot | undefined>(undefined);
export const session = signal<Session | undefined>(undefined);

/** Keys of the applications that the last snapshot changed, to be marked for a moment. */
export const changed = signal<ReadonlySet<string>>(new Set());

/** Milliseconds between two tries: a browser tries again by itself, unless an answer was no stream. */
const retryAfter = 3000;

/** Opens the stream of snapshots, and opens it again whenever it ends. */
export function connect(): void {
  const events = new EventSource("api/events");
  events.addEventListener("open", () => void opened());
  events.addEventListener("snapshot", (event: MessageEvent<string>) => received(JSON.parse(event.data) as Snapshot));
  events.addEventListener("error", () => {
    lost();
    if (events.readyState !== EventSource.CLOSED) return;
    void withoutSession().then((refused) => {
      if (!refused) setTimeout(connect, retryAfter);
    });
  });
}

async function opened(): Promise<void> {
  connection.value = { state: "live" };
  // A server that was started anew may permit something else, and has another token.
  await withoutSession();
}

function received(next: Snapshot): void {
  connection.value = { state: "live" };
  const before = snapshot.value;
  snapshot.value = next;
  if (before === undefined) return;
  const told = changes(before, next);
  changed.value = new Set(told.map(({ id }) => id));
  announce(told.map(({ sentence }) => sentence));
}

function lost(): void {
  if (connection.value.state === "reconnecting" || connection.value.state === "no-session") return;
  connection.value = { state: "reconnecting", since: Date.now() };
}

/** Asks who looks. @returns whether the server refuses to tell */
async function withoutSession(): Promise<boolean> {
  try {
    session.value = await getJson<Session>("api/session");
    return false;
  } catch (error) {
    if (!(error instanceof ApiError) || error.status !== 401) return false;
    connection.value = { state: "no-session", message: error.message };
    return true;
  }
}

effect(() => {
  const { state } = connection.value;
  if (state === "reconnecting") announce(["Connection lost. What is shown may be out of date."]);
});
