import { X509Certificate } from "node:crypto";
import { mkdtemp, readFile, readdir, rm, stat, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";

import { afterAll, beforeAll, describe, expect, test } from "@jest/globals";
import { KubeConfig } from "@kubernetes/client-node";

import {
  authority,
  clientCertificate,
  contextName,
  issue,
  serviceAccountKeys,
  writeKubeconfig,
} from "../../../local/certificates/index.ts";
import { layout } from "../../../local/layout.ts";
import type { Layout } from "../../../local/layout.ts";

let paths: Layout;
beforeAll(async () => {
  paths = layout(await mkdtemp(join(tmpdir(), "gitops-certificates-")));
});
afterAll(() => rm(paths.directory, { recursive: true, force: true }));

const server = { file: "server", authority: "ca", commonName: "server", usages: ["server"] } as const;

describe("certificates", () => {
  test("an authority is kept, and the three are not each other's", async () => {
    const ca = await authority(paths, "ca");
    expect(await authority(paths, "ca")).toEqual(ca);
    const certificate = new X509Certificate(ca.certificate);
    expect(certificate.ca).toBe(true);
    expect(certificate.verify(certificate.publicKey)).toBe(true);
    const client = new X509Certificate((await clientCertificate(paths, { name: "eve" })).certificate);
    expect(client.checkIssued(certificate)).toBe(true);
    for (const name of ["etcd-ca", "front-proxy-ca"] as const) {
      const other = new X509Certificate((await authority(paths, name)).certificate);
      expect(client.verify(other.publicKey)).toBe(false);
    }
  });

  test("a client certificate names the user and the groups, and is for clients", async () => {
    const { certificate } = await clientCertificate(paths, { name: "alice", groups: ["deployers", "dev:viewers"] });
    const parsed = new X509Certificate(certificate);
    expect(parsed.subject).toBe("O=deployers\nO=dev:viewers\nCN=alice");
    // id-kp-clientAuth of RFC 5280.
    expect(parsed.keyUsage).toEqual(["1.3.6.1.5.5.7.3.2"]);
    expect(parsed.ca).toBe(false);
  });

  test("a certificate is kept, and made anew for other groups or names", async () => {
    const first = await clientCertificate(paths, { name: "bob", groups: ["a"] });
    expect(await clientCertificate(paths, { name: "bob", groups: ["a"] })).toEqual(first);
    expect((await clientCertificate(paths, { name: "bob", groups: ["b"] })).certificate).not.toBe(first.certificate);
    const one = await issue(paths, { ...server, alternativeNames: ["localhost", "127.0.0.1"] });
    expect(await issue(paths, { ...server, alternativeNames: ["localhost", "127.0.0.1"] })).toEqual(one);
    const two = await issue(paths, { ...server, alternativeNames: ["localhost"] });
    expect(two.certificate).not.toBe(one.certificate);
    expect(new X509Certificate(two.certificate).checkHost("localhost")).toBe("localhost");
    expect(new X509Certificate(two.certificate).checkIP("127.0.0.1")).toBeUndefined();
  });

  test("users whose names look alike in a file name do not share a certificate", async () => {
    await clientCertificate(paths, { name: "team:carol" });
    await clientCertificate(paths, { name: "team/carol" });
    const files = (await readdir(join(paths.certificates, "users"))).filter((file) => file.startsWith("team-carol"));
    expect(files).toHaveLength(4);
  });

  test("half a file, or a key of another certificate, is repaired", async () => {
    const first = await clientCertificate(paths, { name: "dave" });
    await writeFile(first.certificatePath, first.certificate.slice(0, 100));
    const second = await clientCertificate(paths, { name: "dave" });
    await writeFile(second.keyPath, first.key);
    const third = await clientCertificate(paths, { name: "dave" });
    expect(new Set([first.certificate, second.certificate, third.certificate]).size).toBe(3);
    expect(await clientCertificate(paths, { name: "dave" })).toEqual(third);
  });

  test("a new authority means new certificates", async () => {
    const ca = await authority(paths, "etcd-ca");
    const request = { file: "member", authority: "etcd-ca", commonName: "member", usages: ["client"] } as const;
    const first = await issue(paths, request);
    await rm(ca.keyPath);
    const second = await issue(paths, request);
    const renewed = new X509Certificate((await authority(paths, "etcd-ca")).certificate);
    expect(new X509Certificate(first.certificate).verify(renewed.publicKey)).toBe(false);
    expect(new X509Certificate(second.certificate).verify(renewed.publicKey)).toBe(true);
  });

  test.each(["", "x".repeat(65), "two\nlines"])("refuses the user name %j", async (name) => {
    await expect(clientCertificate(paths, { name })).rejects.toThrow(
      `user name ${JSON.stringify(name)}: expected 1 to 64 characters without control characters`,
    );
  });

  test("the keys of service accounts are kept, and the public one is restored", async () => {
    const keys = await serviceAccountKeys(paths);
    const [privateKey, publicKey] = [await readFile(keys.privatePath, "utf8"), await readFile(keys.publicPath, "utf8")];
    await rm(keys.publicPath);
    await serviceAccountKeys(paths);
    expect(await readFile(keys.privatePath, "utf8")).toBe(privateKey);
    expect(await readFile(keys.publicPath, "utf8")).toBe(publicKey);
  });

  test("a kubeconfig embeds its certificates and verifies the server", async () => {
    const path = join(paths.directory, "alice.kubeconfig");
    await writeKubeconfig(paths, { name: "alice", path, server: "https://127.0.0.1:20443", namespace: "dev" });
    const config = new KubeConfig();
    config.loadFromFile(path);
    expect(config.getCurrentContext()).toBe(contextName);
    expect(config.getCurrentCluster()).toMatchObject({ name: "gitops-local", server: "https://127.0.0.1:20443" });
    expect(config.getCurrentCluster()?.skipTLSVerify).toBeFalsy();
    const ca = Buffer.from(config.getCurrentCluster()?.caData ?? "", "base64").toString();
    expect(ca).toBe((await authority(paths, "ca")).certificate);
    expect((await stat(path)).mode & 0o777).toBe(0o600);
  });

  test("every file is its owner's alone", async () => {
    const files = await readdir(paths.certificates, { recursive: true, withFileTypes: true });
    expect(files.length).toBeGreaterThan(10);
    for (const file of files.filter((one) => one.isFile())) {
      expect([file.name, (await stat(join(file.parentPath, file.name))).mode & 0o777]).toEqual([file.name, 0o600]);
    }
  });
});
