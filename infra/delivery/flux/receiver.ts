import type { FluxConfig } from "../../config/gitops.ts";
import type { ReceiverSpec } from "../../crds/flux.ts";

import { sourceName } from "./names.ts";

type ReceiverConfig = NonNullable<FluxConfig["receiver"]>;

/** What each Git host calls a push (fluxcd/notification-controller, docs/spec/v1/receivers.md). */
const events: Readonly<Record<ReceiverConfig["type"], readonly string[]>> = {
  "github": ["ping", "push"],
  "gitlab": ["Push Hook", "Tag Push Hook"],
  "bitbucket": ["repo:refs_changed"],
  // Whoever has the token says what happened.
  "generic-hmac": [],
};

/** The webhook of one environment: a push is seen at once. Its address is in the Receiver's status. */
export function receiverSpec({ type, secret }: ReceiverConfig): ReceiverSpec {
  const wanted = events[type];
  return {
    type,
    ...(wanted.length === 0 ? {} : { events: [...wanted] }),
    secretRef: { name: secret },
    resources: [{ kind: "GitRepository", name: sourceName }],
  };
}
