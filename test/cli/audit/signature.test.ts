import { generateKeyPairSync } from "node:crypto";

import { describe, expect, test } from "@jest/globals";
import fc from "fast-check";

import { parseSigners } from "../../../cli/audit/verify/signers.ts";
import { hasValidSignature, openSshKey, recordSigner, signedRecord } from "../../../cli/recovery/record-signature.ts";

const pem = (): string => generateKeyPairSync("ed25519").privateKey.export({ format: "pem", type: "pkcs8" }).toString();
const signer = recordSigner(pem());
const about = "a".repeat(40);

const text = fc.string({ unit: "grapheme" });
const fields = fc.dictionary(fc.constantFrom("action", "by", "reason", "time", "commit"), text, { minKeys: 1 });

describe("the signature of a record", () => {
  test("holds for what was signed, in whatever order JSON has it", () => {
    fc.assert(
      fc.property(fields, (record) => {
        const signed: Record<string, unknown> = {
          ...signedRecord(signer, about, { ...record, seconds: 3, reverted: ["x"] }),
        };
        const parsed = JSON.parse(JSON.stringify(signed)) as Record<string, unknown>;
        expect(hasValidSignature(about, parsed)).toBe(true);
        expect(hasValidSignature(about, Object.fromEntries(Object.entries(parsed).reverse()))).toBe(true);
      }),
    );
  });

  test("does not hold for any other content", () => {
    fc.assert(
      fc.property(fields, text, (record, other) => {
        const [name = ""] = Object.keys(record);
        fc.pre(record[name] !== other);
        const signed = signedRecord(signer, about, record);
        expect(hasValidSignature(about, { ...signed, [name]: other })).toBe(false);
        expect(hasValidSignature(about, { ...signed, added: other })).toBe(false);
        const { [name]: _, ...less } = signed;
        expect(hasValidSignature(about, less)).toBe(false);
      }),
    );
  });

  test("does not hold for another commit, another key or no signature", () => {
    const signed = signedRecord(signer, about, { action: "deployed" });
    expect(hasValidSignature("b".repeat(40), signed)).toBe(false);
    expect(hasValidSignature(about, { ...signed, key: recordSigner(pem()).publicKey })).toBe(false);
    expect(hasValidSignature(about, { ...signed, signature: "" })).toBe(false);
    expect(hasValidSignature(about, { ...signed, key: "ssh-ed25519 AAAA" })).toBe(false);
    expect(hasValidSignature(about, { action: "deployed" })).toBe(false);
  });
});

describe("a key", () => {
  test("is written as OpenSSH writes it", () => {
    // Length and name of the type, and the length of the key: every Ed25519 key of ssh-keygen begins so.
    const known = "ssh-ed25519 AAAAC3NzaC1lZDI1NTE5AAAAI";
    expect(openSshKey(signer.privateKey)).toMatch(new RegExp(`^${known}`));
  });

  test("of another kind, or none, is refused", () => {
    const rsa = generateKeyPairSync("rsa", { modulusLength: 2048 }).privateKey;
    expect(() => recordSigner(rsa.export({ format: "pem", type: "pkcs8" }).toString())).toThrow("ed25519");
    expect(() => recordSigner("hello")).toThrow();
  });
});

describe("a file of signers", () => {
  test("has addresses, options, a key and a comment", () => {
    const key = signer.publicKey;
    const signers = parseSigners(`# who\n\nann@example.com,bob@example.com namespaces="git" ${key} laptop\n`);
    expect([...signers]).toEqual([[key, ["ann@example.com", "bob@example.com"]]]);
  });

  test("may have keys of other kinds, which are for Git's own signatures", () => {
    expect(parseSigners("ann@example.com ssh-rsa AAAAB3Nza\n").size).toBe(0);
  });

  test.each(["ann@example.com", `ssh-ed25519 AAAA`, "ann@example.com ssh-ed25519 AAAA"])(
    "refuses %j by its line",
    (line) => {
      expect(() => parseSigners(`# one\n${line}\n`)).toThrow("line 2");
    },
  );
});
