import type { LiveCheck, Objects } from "../live/checks.ts";
import { liveChecks } from "../live/checks.ts";
import { unseen } from "../live/evidence.ts";
import type { Live } from "../live/read.ts";
import type { Evidence } from "../model.ts";
import type { Place } from "../places.ts";

/** What runs, as evidence of a control; undefined for one that shows in nothing that runs. */
export function runningEvidence(control: string, live: Live, place: Place): readonly Evidence[] | undefined {
  const check: LiveCheck | undefined = liveChecks[control];
  if (check === undefined) return undefined;
  const refused = check.kinds.flatMap((kind) => {
    const read = live[kind];
    return "refused" in read ? [unseen(`${kind} in ${place.namespace}`, `could not be read: ${read.refused}`)] : [];
  });
  if (refused.length > 0) return refused;
  const objects = Object.fromEntries(
    Object.entries(live).map(([kind, read]) => [kind, "objects" in read ? read.objects : []]),
  ) as Objects;
  return check.look(objects, place);
}
