import { removedFluxVersion } from "../../infra/crds/flux-removed.ts";
import { nsa } from "../model/framework.ts";
import { objectPolicy } from "../model/object-policy.ts";

export const fluxNoRemovedVersions = objectPolicy({
  name: "flux-no-removed-versions",
  description: "Objects of Flux have a version of its API that current Flux serves.",
  severity: "high",
  remediation: "write the newer version; Flux converts what the cluster holds with `flux migrate`",
  references: [nsa("Upgrading and application security practices")],
  judgeObject: (object) => {
    const removed = removedFluxVersion(object);
    return removed === undefined ? [] : [`${removed.reason}; ${removed.replacement}`];
  },
});
