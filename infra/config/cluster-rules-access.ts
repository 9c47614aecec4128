import type { EksConfig } from "./cluster.ts";
import type { RuleProblem, Sound } from "./cross-check.ts";

const everyone = "0.0.0.0/0";

/** An API endpoint that someone can reach, nodes included. */
export function endpointProblems(endpoint: EksConfig["endpoint"], sound: Sound): RuleProblem[] {
  if (!sound.whole("endpoint")) return [];
  const at = (key: string, message: string): RuleProblem[] => [{ path: ["endpoint", key], message }];
  if (!endpoint.public && !endpoint.private) {
    return at(
      "private",
      "false leaves no way to the API, as public is false too; allowed: one of the two; set one to true",
    );
  }
  if (!endpoint.public && endpoint.publicCidrs.length > 0) {
    return at(
      "publicCidrs",
      "without effect, as public is false; allowed: no entries; remove them or set public to true",
    );
  }
  if (endpoint.public && endpoint.publicCidrs.length === 0) {
    return at(
      "publicCidrs",
      "missing, as the endpoint is public; allowed: the networks of people and CI, or 0.0.0.0/0 for everyone; " +
        "list them, or set public to false and run Pulumi inside the network",
    );
  }
  if (!endpoint.private && !endpoint.publicCidrs.includes(everyone)) {
    return at(
      "private",
      "false keeps the nodes out, as they would reach the API by addresses that publicCidrs does not list; " +
        "allowed: true, or publicCidrs with 0.0.0.0/0; set it to true",
    );
  }
  return [];
}

/** EKS takes one access entry for each identity. */
export function accessProblems(access: EksConfig["access"], sound: Sound): RuleProblem[] {
  const owners = new Map<string, string>();
  const levels = (["viewer", "deployer", "admin"] as const).filter((level) => sound.outside("access", level));
  return levels.flatMap((level) =>
    access[level].flatMap((arn, index) => {
      if (!sound.whole("access", level, index)) return [];
      const place = `${level}[${index}]`;
      const owner = owners.get(arn);
      if (owner === undefined) owners.set(arn, place);
      if (owner === undefined) return [];
      const message = `"${arn}" has an entry at access.${owner} already; allowed: one level for each identity; remove one`;
      return [{ path: ["access", level, index], message }];
    }),
  );
}
