import { describe, expect, test } from "@jest/globals";
import * as fc from "fast-check";

import { contains, overlaps, parseNetwork } from "../../../infra/cluster/cidr.ts";
import { planSubnets } from "../../../infra/cluster/subnet-plan.ts";

describe("the plan of subnets", () => {
  test("stays inside any network that a stack may have, without an overlap", () => {
    const network = fc.record({ second: fc.nat(255), third: fc.nat(255), prefix: fc.integer({ min: 16, max: 22 }) });
    fc.assert(
      fc.property(network, fc.integer({ min: 2, max: 3 }), ({ second, third, prefix }, count) => {
        const block = 2 ** Math.max(0, 24 - prefix);
        const vpcCidr = `10.${second}.${third - (third % block)}.0/${prefix}`;
        const vpc = parseNetwork(vpcCidr);
        const zones = ["a", "b", "c"].slice(0, count);
        const blocks = planSubnets({ vpcCidr, zones }).flatMap(({ privateCidr, publicCidr }) =>
          [privateCidr, publicCidr].map(parseNetwork),
        );
        expect(blocks).toHaveLength(2 * count);
        blocks.forEach((one, index) => {
          expect(contains(vpc!, one!)).toBe(true);
          expect(blocks.slice(index + 1).some((other) => overlaps(one!, other!))).toBe(false);
        });
      }),
    );
  });

  test("leaves the first two zones alone when a third is added", () => {
    const plan = (...zones: string[]) => planSubnets({ vpcCidr: "10.0.0.0/16", zones });
    expect(plan("a", "b", "c").slice(0, 2)).toEqual(plan("a", "b"));
  });

  test.each(["10.0.0.0", "10.0.0.0/33", "fd00::/8", ""])("refuses %j as a network", (vpcCidr) => {
    expect(() => planSubnets({ vpcCidr, zones: ["a"] })).toThrow(`"${vpcCidr}" is not an IPv4 CIDR block`);
  });
});
