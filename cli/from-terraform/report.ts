import { importEntries } from "./imports/entries.ts";
import { mapInputs } from "./map-inputs.ts";
import type { Report, Source } from "./model.ts";

/** Everything that a file says for this platform. */
export function makeReport(file: string, source: Source): Report {
  const { inputs } = source;
  const text = (name: string): string | undefined => (typeof inputs[name] === "string" ? inputs[name] : undefined);
  const clusterName = text("name");
  return {
    file,
    source: source.kind,
    moduleMajor: source.major,
    clusterName,
    region: text("region"),
    existing: clusterName === undefined ? undefined : { kind: "existing", context: clusterName },
    ...mapInputs(source),
    ...importEntries(source.resources),
  };
}
