import { request } from "node:http";
import { text } from "node:stream/consumers";

import type { Layout } from "../../local/layout.ts";
import { serviceProxyUrl } from "../../local/workloads/index.ts";

/** Asks flagd for a boolean flag over OFREP, by the name of its Service, as an application in the namespace does. */
export async function evaluateFlag(layout: Layout, namespace: string, flag: string, user: string): Promise<boolean> {
  const { hostname, port } = new URL(await serviceProxyUrl(layout, namespace));
  const url = `http://flagd.${namespace}:8016/ofrep/v1/evaluate/flags/${flag}`;
  const body = JSON.stringify({ context: { targetingKey: user } });
  const headers = { "content-type": "application/json", "host": `flagd.${namespace}:8016` };
  const answer = await new Promise<{ readonly status: number; readonly body: string }>((resolve, reject) => {
    const sent = request({ hostname, port, path: url, method: "POST", headers });
    sent.on("error", reject);
    sent.on("response", (response) => {
      text(response).then((content) => resolve({ status: response.statusCode ?? 0, body: content }), reject);
    });
    sent.end(body);
  });
  if (answer.status !== 200) throw new Error(`POST ${url}: ${answer.status}: ${answer.body}`);
  return (JSON.parse(answer.body) as { readonly value: boolean }).value;
}

/** Share of 200 users, in percent, for whom the flag is on. */
export async function shareOf(layout: Layout, namespace: string, flag: string): Promise<number> {
  let on = 0;
  for (let user = 1; user <= 200; user += 1) {
    if (await evaluateFlag(layout, namespace, flag, `user-${user}`)) on += 1;
  }
  return on / 2;
}
