import { request as httpRequest } from "node:http";
import { request as httpsRequest } from "node:https";
import { connect } from "node:net";

import type { Probe } from "./spec.ts";

/** Ready when something accepts a connection on that loopback port. */
export function tcpProbe(port: number): Probe {
  return (signal) =>
    new Promise((resolve, reject) => {
      const socket = connect({ port, host: "127.0.0.1" });
      const end = (outcome: () => void): void => {
        socket.destroy();
        outcome();
      };
      signal.addEventListener("abort", () => end(() => reject(new Error("timed out"))), { once: true });
      socket.once("connect", () => end(() => resolve(true)));
      socket.once("error", (error) => end(() => reject(error)));
    });
}

/** How to speak TLS to the process that is probed; PEM. */
export interface ProbeTls {
  readonly ca: string;
  readonly cert?: string;
  readonly key?: string;
}

/** Ready when a GET of that address is answered with 200. With `tls` the server's certificate is verified. */
export function httpProbe(url: string, tls?: ProbeTls): Probe {
  return (signal) =>
    new Promise((resolve, reject) => {
      // agent: false, or a kept connection would survive the process and answer for it.
      const common = { signal, agent: false as const };
      const request = url.startsWith("https:") ? httpsRequest(url, { ...common, ...tls }) : httpRequest(url, common);
      request.once("error", reject);
      request.once("response", (response) => {
        response.resume();
        if (response.statusCode === 200) resolve(true);
        else reject(new Error(`${url} answered ${response.statusCode}`));
      });
      request.end();
    });
}
