import { describe, expect, test } from "@jest/globals";
import fc from "fast-check";

import { redact } from "../../../../cli/review/advice/redact.ts";

describe("what leaves the machine", () => {
  test.each([
    ["a password in YAML", "+  password: correct-horse", "correct-horse"],
    ["a quoted password", '"db_password": "correct horse battery"', "horse"],
    ["an assignment", "export API_KEY=abcdefgh", "abcdefgh"],
    ["a key of AWS", "AKIAIOSFODNN7EXAMPLE", "AKIA"],
    ["a secret key of AWS", "x wJalrXUtnFEMI/K7MDENG/bPxRfiCYEXAMPLEKEY y", "wJalr"],
    ["a token of GitHub", `ghp_${"a1B2".repeat(9)}`, "ghp_"],
    ["a bearer token", "Authorization: Bearer abcdefghij", "abcdefghij"],
    ["an address with a password", "postgres://app:pa55word@db/orders", "pa55word"],
    ["a private key", "-----BEGIN RSA PRIVATE KEY-----\nMIIE\n-----END RSA PRIVATE KEY-----", "MIIE"],
    ["a literal in a program", 'stringData: { key: secret("not-so-random") }', "not-so-random"],
    ["an argument in a program", 'password(secret("not-so-random"))', "not-so-random"],
    ["a Secret in one line", 'new Secret("a", { stringData: { key: "not-so-random" } });', "not-so-random"],
    ["half a private key", "-----BEGIN PRIVATE KEY-----\nMIIEabc", "MIIEabc"],
    ["a value that Pulumi encrypted", "secure: v1:AAAAAAAAAAAA:BBBBBBBBBBBBBBBB", "AAAAAAAA"],
    ["the data of a Secret", "+kind: Secret\n+data:\n+  tls.key: c2hvcnQ=\n+other: 1", "c2hvcnQ"],
  ])("is without %s", (_name, text, secret) => {
    expect(redact(text)).not.toContain(secret);
    expect(redact(text)).toContain("[redacted]");
  });

  test.each([
    "-  newTag: 6.13.0\n+  newTag: 6.13.1",
    "+++ b/apps/core-trading/overlays/prod/kustomization.yaml",
    "+  schedule: 0 20 * * 1-5",
    "import { projectWindow } from './sync-window.ts';",
    "+      cpu: 250m",
  ])("still says %j", (text) => {
    expect(redact(text)).toBe(text);
  });

  test("holds no long random word, wherever it stands", () => {
    const word = fc
      .uint8Array({ minLength: 32, maxLength: 64 })
      .map((bytes) => Buffer.from(bytes).toString("base64url"));
    const noise = word.filter((text) => new Set(text).size >= 24 && /\d/.test(text) && !text.includes("-"));
    fc.assert(fc.property(noise, fc.lorem(), (secret, text) => !redact(`${text} ${secret} ${text}`).includes(secret)));
  });
});
