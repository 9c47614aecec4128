import { signal } from "@preact/signals";

import { parseRoute } from "../logic/routes.ts";
import type { Route } from "../logic/routes.ts";

/** The view that is shown. */
export const route = signal<Route>(parseRoute(location.hash));

/** Follows the address. */
export function followAddress(): void {
  addEventListener("hashchange", () => {
    // The link that skips the head of the page is no view.
    if (location.hash === "#content") return;
    const before = route.value;
    route.value = parseRoute(location.hash);
    const { view } = route.value;
    // Within a view the focus stays where it is: a filter of the history is no new page.
    if (view === before.view && view !== "application") return;
    if (view === "application" && before.view === "application" && before.application === route.value.application)
      return;
    requestAnimationFrame(() => {
      scrollTo({ top: 0 });
      document.querySelector<HTMLElement>("main h1")?.focus({ preventScroll: true });
    });
  });
}
