/** A view of the page. It is in the address after `#`, so that a link to it can be shared. */
export type Route =
  | { readonly view: "overview" }
  | { readonly view: "windows" }
  | {
      readonly view: "application";
      readonly application: string;
      /** Whose history is shown; undefined for all. */
      readonly environment: string | undefined;
      /** The deployment whose difference is open. */
      readonly revision: string | undefined;
    };

/** The view that an address means; one that means none is the overview. */
export function parseRoute(hash: string): Route {
  const [view, ...parts] = hash.replace(/^#?\/?/, "").split("/");
  const [application, environment, revision] = parts.map(decode);
  if (view === "windows") return { view };
  if (view === "applications" && application) {
    return { view: "application", application, environment: environment || undefined, revision: revision || undefined };
  }
  return { view: "overview" };
}

/** The address of a view. */
export function hashOf(route: Route): string {
  if (route.view === "overview") return "#/";
  if (route.view === "windows") return "#/windows";
  const parts = [route.application, route.environment, route.revision].filter((part) => part !== undefined);
  return `#/applications/${parts.map(encodeURIComponent).join("/")}`;
}

/** The address of an application, or of its part in an environment. */
export const applicationHash = (application: string, environment?: string, revision?: string): string =>
  hashOf({ view: "application", application, environment, revision });

/** What somebody mistyped stays as it is. */
function decode(part: string): string {
  try {
    return decodeURIComponent(part);
  } catch {
    return part;
  }
}
