import ipaddr from "ipaddr.js";

/** An IPv4 network as numbers, so that networks can be compared. */
export interface Network4 {
  /** First address, 0 to 2^32 - 1. */
  readonly first: number;
  /** Last address, inclusive. */
  readonly last: number;
  /** Prefix length, 0 to 32. */
  readonly prefix: number;
}

/** Reads `10.0.0.0/16`; `undefined` for anything that is no IPv4 CIDR block. Host bits are cut off. */
export function parseNetwork(cidr: string): Network4 | undefined {
  if (!ipaddr.IPv4.isValidCIDR(cidr)) return undefined;
  const [address, prefix] = ipaddr.IPv4.parseCIDR(cidr);
  const size = 2 ** (32 - prefix);
  const value = address.toByteArray().reduce((sum, byte) => sum * 256 + byte, 0);
  const first = Math.floor(value / size) * size;
  return { first, last: first + size - 1, prefix };
}

/** Whether `inner` lies in `outer` completely. */
export function contains(outer: Network4, inner: Network4): boolean {
  return outer.first <= inner.first && inner.last <= outer.last;
}

/** Whether the two networks share an address. */
export function overlaps(one: Network4, other: Network4): boolean {
  return one.first <= other.last && other.first <= one.last;
}

/**
 * The part number `index` of a network that is cut into 2^`bits` equal parts, in CIDR notation.
 * @throws RangeError where the parts would be smaller than one address or `index` is past the last part
 */
export function subnetOf(network: Network4, bits: number, index: number): string {
  const prefix = network.prefix + bits;
  if (prefix > 32 || index >= 2 ** bits) throw new RangeError(`no part ${index} of 2^${bits} in a /${network.prefix}`);
  const first = network.first + index * 2 ** (32 - prefix);
  const bytes = [24, 16, 8, 0].map((shift) => Math.floor(first / 2 ** shift) % 256);
  return `${bytes.join(".")}/${prefix}`;
}
