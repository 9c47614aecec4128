import { effect, signal } from "@preact/signals";

/** `auto` follows the browser. */
export type Theme = "auto" | "light" | "dark";

export const themes: readonly Theme[] = ["auto", "light", "dark"];

const key = "gitops-dashboard-theme";

/** A browser may forbid to keep anything: then the choice holds until the page is closed. */
function kept(): Theme {
  try {
    const value = localStorage.getItem(key);
    return themes.find((theme) => theme === value) ?? "auto";
  } catch {
    return "auto";
  }
}

export const theme = signal<Theme>(kept());

effect(() => {
  const { documentElement } = document;
  if (theme.value === "auto") documentElement.removeAttribute("data-theme");
  else documentElement.setAttribute("data-theme", theme.value);
  try {
    localStorage.setItem(key, theme.value);
  } catch {
    // See above.
  }
});
