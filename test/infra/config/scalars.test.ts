import { describe, jest, test } from "@jest/globals";
import fc from "fast-check";
import type { z } from "zod";

import {
  branchName,
  cidr,
  cronSchedule,
  dns1123Label,
  emailAddress,
  goDuration,
  groupName,
  hostName,
  httpsUrl,
  positiveDuration,
  quantity,
  repositoryUrl,
  timeZone,
} from "../../../infra/config/scalars.ts";

const accepts = (schema: z.ZodType, value: unknown) => schema.safeParse(value).success;
const always = (schema: z.ZodType, values: fc.Arbitrary<string>) =>
  fc.assert(fc.property(values, (value) => accepts(schema, value)));
const never = (schema: z.ZodType, values: fc.Arbitrary<string>) =>
  fc.assert(fc.property(values, (value) => !accepts(schema, value)));

/** Text that meets a regular expression. */
const like = (expression: RegExp) => fc.stringMatching(expression);

const label = like(/^[a-z0-9]([-a-z0-9]{0,61}[a-z0-9])?$/);
const network = fc.tuple(fc.nat(0xff_ff_ff_ff), fc.integer({ min: 0, max: 32 })).map(([bits, prefix]) => {
  const size = 2 ** (32 - prefix);
  const first = Math.floor(bits / size) * size;
  return { octets: [24, 16, 8, 0].map((shift) => Math.floor(first / 2 ** shift) % 256), prefix };
});
const field = (min: number, max: number) => {
  const number = fc.integer({ min, max });
  const range = fc.tuple(number, number).map(([one, other]) => `${Math.min(one, other)}-${Math.max(one, other)}`);
  const item = fc.oneof(number.map(String), range);
  return fc.oneof(
    fc.constant("*"),
    fc.integer({ min: 1, max: max - min }).map((step) => `*/${step}`),
    fc.array(item, { minLength: 1, maxLength: 3 }).map((items) => items.join(",")),
  );
};

// Milliseconds; generated values take seconds on a busy machine.
jest.setTimeout(60_000);

describe("every right value is taken", () => {
  test("networks", () =>
    always(
      cidr,
      network.map(({ octets, prefix }) => `${octets.join(".")}/${prefix}`),
    ));
  test("durations", () => always(goDuration, like(/^(\d{1,3}h(\d{1,2}m)?(\d{1,2}s)?|\d{1,3}m(\d{1,2}s)?|\d{1,5}s)$/)));
  test("quantities", () => always(quantity, like(/^(0|[1-9]\d{0,5})(\.\d{1,3})?(m|k|M|G|T|P|E|Ki|Mi|Gi|Ti|Pi|Ei)?$/)));
  test("labels", () => always(dns1123Label, label));
  test("host names", () =>
    always(
      hostName,
      fc.domain().map((name) => name.toLowerCase()),
    ));
  test("time zones", () => always(timeZone, fc.constantFrom(...Intl.supportedValuesOf("timeZone"))));
  test("branches", () =>
    always(
      branchName,
      like(/^[a-z0-9]{1,8}(\/[a-z0-9][-_.a-z0-9]{0,8}[a-z0-9]){0,2}$/).filter((name) => !/\.\.|\.lock/.test(name)),
    ));
  test("groups", () => always(groupName, like(/^[A-Za-z][-A-Za-z0-9 _@/]{0,20}$/)));
  test("https addresses", () =>
    always(
      httpsUrl,
      fc.webUrl({ validSchemes: ["https"] }).filter((url) => !url.includes("*")),
    ));
  test("e-mail addresses", () => always(emailAddress, fc.emailAddress()));
  test("repositories", () =>
    always(
      repositoryUrl,
      fc.tuple(fc.domain(), label).map(([host, name]) => `https://${host}/${name}.git`),
    ));
  test("schedules", () =>
    always(
      cronSchedule,
      fc
        .tuple(field(0, 59), field(0, 23), fc.constant("*"), field(1, 12), field(0, 6))
        .map((fields) => fields.join(" ")),
    ));
});

describe("no wrong value is taken", () => {
  test("networks with host bits", () => {
    const withHostBits = network
      .filter(({ prefix }) => prefix < 32)
      .map(({ octets: [a, b, c, d], prefix }) => `${a}.${b}.${c}.${d! | 1}/${prefix}`);
    never(cidr, withHostBits);
  });
  test("durations of nothing", () => never(positiveDuration, like(/^(0{1,3}h)?(0{1,3}m)?0{1,3}s$/)));
  test("durations in days", () => never(goDuration, like(/^\d{1,3}(d|w|y|ms|us)$/)));
  test("negative quantities", () => never(quantity, like(/^-\d{1,5}(m|k|Mi|Gi)?$/)));
  test("labels with an edge of '-'", () => never(dns1123Label, like(/^(-[a-z0-9]{1,10}|[a-z0-9]{1,10}-)$/)));
  test("labels in capitals", () => never(dns1123Label, like(/^[a-z]{0,5}[A-Z][a-z]{0,5}$/)));
  test("labels of 64 characters and more", () => never(dns1123Label, like(/^[a-z]{64,80}$/)));
  test("time zones in another letter case", () => {
    const changed = fc
      .constantFrom(...Intl.supportedValuesOf("timeZone").filter((zone) => zone !== "UTC"))
      .chain((zone) => fc.constantFrom(zone.toLowerCase(), zone.toUpperCase()).filter((other) => other !== zone));
    never(timeZone, changed);
  });
  test("branches that Git refuses", () =>
    never(
      branchName,
      like(/^[a-z]{1,5}(\.\.|~|\^|:|\?|\*|\[|\\|@\{|\/\/| |\.lock$)[a-z]{0,5}$/).filter((name) =>
        /\.\.|[~^:?*[\\ ]|@\{|\/\/|\.lock$/.test(name),
      ),
    ));
  test("anything with a star", () => {
    for (const schema of [dns1123Label, hostName, repositoryUrl, groupName, httpsUrl, branchName]) {
      never(
        schema,
        fc.tuple(fc.string(), fc.string()).map((parts) => parts.join("*")),
      );
    }
  });
  test("schedules of another length", () =>
    never(
      cronSchedule,
      fc
        .array(fc.constant("*"))
        .filter(({ length }) => length !== 5)
        .map((all) => all.join(" ")),
    ));
});
