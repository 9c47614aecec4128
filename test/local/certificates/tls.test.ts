import { mkdtemp, rm } from "node:fs/promises";
import type { AddressInfo } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { connect, createServer } from "node:tls";
import type { TLSSocket } from "node:tls";

import { afterAll, beforeAll, describe, expect, test } from "@jest/globals";

import { authority, clientCertificate, issue } from "../../../local/certificates/index.ts";
import { layout } from "../../../local/layout.ts";
import type { Layout } from "../../../local/layout.ts";

let [paths, stranger]: Layout[] = [];
let port: number;
let close: () => void;

/** A server that asks for a certificate of the authority "ca" and answers with the name in it. */
beforeAll(async () => {
  paths = layout(await mkdtemp(join(tmpdir(), "gitops-tls-")));
  stranger = layout(await mkdtemp(join(tmpdir(), "gitops-tls-")));
  const alternativeNames = ["localhost", "127.0.0.1"];
  const request = { file: "s", authority: "ca", commonName: "s", usages: ["server"], alternativeNames } as const;
  const [ca, pair] = [await authority(paths, "ca"), await issue(paths, request)];
  const options = { cert: pair.certificate, key: pair.key, ca: ca.certificate, requestCert: true };
  const server = createServer({ ...options, rejectUnauthorized: true }, (socket) => {
    socket.on("error", () => undefined);
    socket.end(String(socket.getPeerCertificate().subject.CN));
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  port = (server.address() as AddressInfo).port;
  close = () => server.close();
});
afterAll(async () => {
  close();
  for (const one of [paths, stranger]) await rm(one?.directory ?? "", { recursive: true, force: true });
});

async function talk(client: Layout, server: Layout, purpose: "client" | "server" = "client"): Promise<string> {
  const ca = await authority(server, "ca");
  const pair =
    purpose === "client"
      ? await clientCertificate(client, { name: "alice" })
      : await issue(client, { file: "x", authority: "ca", commonName: "alice", usages: ["server"] });
  return new Promise((resolve, reject) => {
    let answer = "";
    const tls = { ca: ca.certificate, cert: pair.certificate, key: pair.key };
    const socket: TLSSocket = connect({ ...tls, port, host: "127.0.0.1", servername: "localhost" });
    socket.on("data", (chunk: Buffer) => (answer += chunk.toString()));
    socket.on("error", reject);
    socket.on("close", () => resolve(answer));
  });
}

describe("TLS with the platform's certificates", () => {
  test("both sides verify each other", async () => {
    expect(await talk(paths!, paths!)).toBe("alice");
  });

  test("a server of another platform is not trusted", async () => {
    await expect(talk(paths!, stranger!)).rejects.toThrow(/self.signed certificate|unable to verify/);
  });

  test("a user of another platform is refused, and so is a server's certificate in the hand of a client", async () => {
    // Whether the client still sees the alert or only the end of the connection is a matter of timing.
    for (const answer of [talk(stranger!, paths!), talk(paths!, paths!, "server")]) {
      expect(await answer.catch(() => "")).toBe("");
    }
  });
});
