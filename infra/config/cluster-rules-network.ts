import { contains, overlaps, parseNetwork } from "../cluster/cidr.ts";

import type { EksConfig } from "./cluster.ts";
import type { RuleProblem, Sound } from "./cross-check.ts";

/** Private IPv4 networks (RFC 1918); EKS takes Service addresses from these alone. */
const privateNetworks = ["10.0.0.0/8", "172.16.0.0/12", "192.168.0.0/16"];

type NetworkConfig = Pick<EksConfig, "region" | "zones" | "vpcCidr" | "subnets" | "serviceCidr">;

/** Zones in their region, and address blocks that fit and do not meet. A block that is no CIDR is reported elsewhere. */
export function networkProblems(config: NetworkConfig, sound: Sound): RuleProblem[] {
  return [zoneProblems, vpcProblems, serviceProblems, subnetProblems].flatMap((rule) => rule(config, sound));
}

function zoneProblems({ region, zones }: NetworkConfig, sound: Sound): RuleProblem[] {
  if (!sound.outside("zones")) return [];
  return zones.flatMap((zone, index) => {
    const path = ["zones", index];
    if (!sound.whole(...path)) return [];
    if (zones.indexOf(zone) !== index) {
      return [{ path, message: `"${zone}" is listed twice; allowed: each zone once; choose another zone` }];
    }
    if (!sound.whole("region") || zone.slice(0, -1) === region) return [];
    return [{ path, message: `"${zone}" is not in "${region}"; allowed: ${region}a, ${region}b, ...; choose one` }];
  });
}

function vpcProblems({ vpcCidr }: NetworkConfig, sound: Sound): RuleProblem[] {
  if (!sound.whole("vpcCidr")) return [];
  const vpc = parseNetwork(vpcCidr);
  if (vpc === undefined || (vpc.prefix >= 16 && vpc.prefix <= 22)) return [];
  const message =
    `"${vpcCidr}" does not suit a cluster; allowed: /16 (the largest VPC) to /22 (a pod takes an address); ` +
    `for example "10.0.0.0/16"`;
  return [{ path: ["vpcCidr"], message }];
}

function serviceProblems({ vpcCidr, serviceCidr }: NetworkConfig, sound: Sound): RuleProblem[] {
  const path = ["serviceCidr"];
  if (!sound.whole(...path)) return [];
  const service = parseNetwork(serviceCidr);
  const vpc = sound.whole("vpcCidr") ? parseNetwork(vpcCidr) : undefined;
  if (service === undefined) return [];
  if (service.prefix < 12 || service.prefix > 24 || !privateNetworks.some((cidr) => within(cidr, serviceCidr))) {
    const message = `"${serviceCidr}" does not suit Services; allowed: /12 to /24 in ${privateNetworks.join(", ")}; for example "172.20.0.0/16"`;
    return [{ path, message }];
  }
  if (vpc === undefined || !overlaps(vpc, service)) return [];
  const message = `"${serviceCidr}" overlaps vpcCidr "${vpcCidr}"; allowed: a block of its own; choose another block`;
  return [{ path, message }];
}

function subnetProblems({ zones, vpcCidr, subnets }: NetworkConfig, sound: Sound): RuleProblem[] {
  if (subnets === undefined) return [];
  const kinds = (["public", "private"] as const).filter((kind) => sound.outside("subnets", kind));
  const counts = kinds.flatMap((kind): RuleProblem[] => {
    const count = subnets[kind].length;
    if (!sound.outside("zones") || count === zones.length) return [];
    const message = `${count} blocks for ${zones.length} zones; allowed: one block a zone; list ${zones.length}`;
    return [{ path: ["subnets", kind], message }];
  });
  const blocks = kinds
    .flatMap((kind) => subnets[kind].map((cidr, index) => ({ cidr, path: ["subnets", kind, index] })))
    .filter(({ path }) => sound.whole("vpcCidr") && sound.whole(...path));
  return [...counts, ...blocks.flatMap((block, index) => blockProblems(block, blocks.slice(0, index), vpcCidr))];
}

interface Block {
  readonly cidr: string;
  readonly path: PropertyKey[];
}

function blockProblems({ cidr, path }: Block, earlier: readonly Block[], vpcCidr: string): RuleProblem[] {
  const network = parseNetwork(cidr);
  const vpc = parseNetwork(vpcCidr);
  if (network === undefined || vpc === undefined) return [];
  if (!contains(vpc, network)) {
    return [
      { path, message: `"${cidr}" is outside vpcCidr "${vpcCidr}"; allowed: a part of it; choose another block` },
    ];
  }
  // EKS asks for six free addresses in a subnet at least, sixteen are recommended (EKS user guide, "View Amazon EKS
  // networking requirements"); AWS keeps five of each subnet for itself.
  if (network.prefix > 27) {
    return [{ path, message: `"${cidr}" is too small for a subnet; allowed: /27 or larger; choose a larger block` }];
  }
  const other = earlier.find((block) => {
    const taken = parseNetwork(block.cidr);
    return taken !== undefined && overlaps(taken, network);
  });
  if (other === undefined) return [];
  return [
    { path, message: `"${cidr}" overlaps "${other.cidr}"; allowed: blocks that do not meet; choose another block` },
  ];
}

function within(outer: string, inner: string): boolean {
  const [whole, part] = [parseNetwork(outer), parseNetwork(inner)];
  return whole !== undefined && part !== undefined && contains(whole, part);
}
