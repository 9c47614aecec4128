import { once } from "node:events";
import type { Server } from "node:http";
import type { AddressInfo } from "node:net";

import { afterEach, beforeEach, describe, expect, test } from "@jest/globals";

import type { RecoveryEvent } from "../../../cli/recovery/index.ts";
import { flaggerKey } from "../../../local/receiver/address.ts";
import type { Alert } from "../../../local/receiver/alert.ts";
import { withoutRepetition } from "../../../local/receiver/flagger-event.ts";
import type { Finding } from "../../../local/receiver/flagger-event.ts";
import { reportServer } from "../../../local/receiver/server.ts";

import { body, report } from "./report.ts";

let server: Server;
let url: string;
let taken: RecoveryEvent[];
let alerts: Alert[];
let findings: Finding[];
let broken: boolean;
const errors = console.error;

beforeEach(async () => {
  taken = [];
  alerts = [];
  findings = [];
  broken = false;
  console.error = () => undefined;
  const take = (event: RecoveryEvent): Promise<void> => {
    if (broken) return Promise.reject(new Error("no space left"));
    taken.push(event);
    return Promise.resolve();
  };
  const alert = (one: Alert): Promise<void> => {
    alerts.push(one);
    return Promise.resolve();
  };
  const find = withoutRepetition((one) => {
    findings.push(one);
    return Promise.resolve();
  });
  server = reportServer({ token: "secret", take, alert, find });
  server.listen(0, "127.0.0.1");
  await once(server, "listening");
  url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
});

afterEach(() => {
  console.error = errors;
  server.close();
  server.closeAllConnections();
});

const post = (content: string, token = "secret"): Promise<Response> =>
  fetch(`${url}/reports`, { method: "POST", body: content, headers: { authorization: `Bearer ${token}` } });

describe("the receiver", () => {
  test("takes a report with the platform's token", async () => {
    expect((await post(JSON.stringify(body()))).status).toBe(204);
    expect(taken).toEqual([report()]);
  });

  test("takes none without it", async () => {
    expect((await post(JSON.stringify(body()), "")).status).toBe(401);
    expect((await post(JSON.stringify(body()), "secre7")).status).toBe(401);
    expect(taken).toEqual([]);
  });

  test("answers what is no report with what is wrong, and does not ask for it again", async () => {
    const wrong = await post(JSON.stringify(body({ branch: "--force" })));
    expect(wrong.status).toBe(400);
    expect(await wrong.text()).toContain("branch");
    expect((await post("{")).status).toBe(400);
    expect((await post(JSON.stringify({ long: "x".repeat(200_000) }))).status).toBe(400);
  });

  test("has a report repeated that it could not keep", async () => {
    broken = true;
    expect((await post(JSON.stringify(body()))).status).toBe(503);
  });

  test("says that it is well, and nothing else", async () => {
    expect((await fetch(`${url}/health`)).status).toBe(200);
    expect((await fetch(`${url}/`)).status).toBe(404);
  });
});

describe("Flagger's alerts", () => {
  /** As pkg/notifier/slack.go of fluxcd/flagger v1.36.1 makes them. */
  const alert = {
    channel: "general",
    username: "flagger",
    icon_url: "",
    icon_emoji: ":rocket:",
    attachments: [
      {
        color: "danger",
        author_name: "app.dev",
        text: "Failed checks threshold reached 5",
        mrkdwn_in: ["text"],
        fields: [{ title: "Traffic routing", value: "Blue/Green", short: false }],
      },
    ],
  };
  const tell = (key: string, content: object = alert): Promise<Response> =>
    fetch(`${url}/alerts/${key}`, { method: "POST", body: JSON.stringify(content) });

  test("are taken at the address that is made of the platform's token, with the status that Flagger wants", async () => {
    expect((await tell(flaggerKey("secret"))).status).toBe(200);
    const text = "Failed checks threshold reached 5";
    expect(alerts).toEqual([{ canary: "app.dev", failed: true, text, details: { "Traffic routing": "Blue/Green" } }]);
  });

  test("are known from good news by their colour", async () => {
    const attachments = [{ color: "good", author_name: "app.dev", text: "promotion finished", fields: null }];
    expect((await tell(flaggerKey("secret"), { attachments })).status).toBe(200);
    expect(alerts).toEqual([{ canary: "app.dev", failed: false, text: "promotion finished", details: {} }]);
  });

  test("are taken nowhere else, and open no door to reports", async () => {
    expect((await tell("secret")).status).toBe(404);
    expect((await post(JSON.stringify(body()), flaggerKey("secret"))).status).toBe(401);
    expect((await tell(flaggerKey("secret"), { text: "hello" })).status).toBe(400);
    expect(alerts).toEqual([]);
    expect(taken).toEqual([]);
  });
});

describe("Flagger's Events", () => {
  /** As pkg/controller/webhook.go of fluxcd/flagger v1.36.1 makes them. */
  const event = (eventMessage: string, eventType = "Warning", name = "app") => ({
    name,
    namespace: "dev",
    phase: "Progressing",
    checksum: "68bf3f6c6d",
    metadata: { eventMessage, eventType, timestamp: "1793000000000" },
  });
  const tell = (content: object, key = flaggerKey("secret")): Promise<Response> =>
    fetch(`${url}/events/${key}`, { method: "POST", body: JSON.stringify(content) });

  test.each([
    ["Halt app.dev advancement success rate 84.62% < 99%", "success rate 84.62% < 99%"],
    ["Halt app.dev advancement request duration 1.2s > 500ms", "request duration 1.2s > 500ms"],
    [
      "Halt advancement no values found for kubernetes metric request-success-rate probably app.dev is not receiving traffic",
      "no values found for kubernetes metric request-success-rate probably app.dev is not receiving traffic",
    ],
    ["Rolling back app.dev progress deadline exceeded x", "progress deadline exceeded x"],
  ])("are kept without the words before the news: %s", async (message, text) => {
    expect((await tell(event(message))).status).toBe(200);
    expect(findings).toEqual([{ canary: "app.dev", text }]);
  });

  test.each([
    ["Advance app.dev canary weight 10", "Normal"],
    ["Rolling back app.dev failed checks threshold reached 5", "Warning"],
    ["Canary failed! Scaling down app.dev", "Warning"],
  ])("are passed over when they say nothing about why: %s", async (message, type) => {
    expect((await tell(event(message, type))).status).toBe(200);
    expect(findings).toEqual([]);
  });

  test("that repeat the one before are kept once, and again for the next release", async () => {
    const wait = event("Halt core.prod advancement waiting for promotion approval confirm", "Warning", "core");
    const slow = event("Halt app.dev advancement request duration 1s > 500ms");
    const next = event("New revision detected! Scaling up app.dev", "Normal");
    for (const one of [slow, slow, wait, slow, next, slow]) expect((await tell(one)).status).toBe(200);
    expect(findings.map(({ text }) => text)).toEqual([
      "request duration 1s > 500ms",
      "waiting for promotion approval confirm",
      "request duration 1s > 500ms",
    ]);
  });

  test("are taken from nobody else", async () => {
    expect((await tell(event("Halt app.dev advancement x"), "secret")).status).toBe(404);
    expect((await tell({ name: "app" })).status).toBe(400);
    expect(findings).toEqual([]);
  });
});
