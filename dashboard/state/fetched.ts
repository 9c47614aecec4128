import { useEffect, useState } from "preact/hooks";

import { getJson } from "./api.ts";

/** An answer of the server, on its way or here. While a newer one is on its way, the older one stays. */
export interface Fetched<T> {
  readonly value: T | undefined;
  readonly error: string | undefined;
}

/**
 * Asks the server, again whenever the path or the version changes.
 * @param path undefined asks for nothing
 * @param version what the answer depends on besides the path
 */
export function useFetched<T>(path: string | undefined, version = ""): Fetched<T> {
  const [fetched, setFetched] = useState<Fetched<T> & { readonly path?: string | undefined }>(nothing);
  useEffect(() => {
    if (path === undefined) return;
    let wanted = true;
    getJson<T>(path).then(
      (value) => wanted && setFetched({ path, value, error: undefined }),
      (error: unknown) => wanted && setFetched({ path, value: undefined, error: String((error as Error).message) }),
    );
    return () => void (wanted = false);
  }, [path, version]);
  return fetched.path === path ? fetched : nothing;
}

const nothing = { value: undefined, error: undefined };
