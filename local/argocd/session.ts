import { request } from "node:https";

/**
 * Logs an account in to Argo CD's API server and returns its session token.
 *
 * Through the API and not through `argocd login --password`, since arguments are seen by every user of the machine.
 * Rejects with the server's own words when it refuses.
 */
export async function createSession(
  server: string,
  ca: string,
  account: { readonly username: string; readonly password: string },
  signal?: AbortSignal,
): Promise<string> {
  const url = new URL("/api/v1/session", server);
  const body = JSON.stringify(account);
  const headers = { "content-type": "application/json", "content-length": Buffer.byteLength(body) };
  const text = await new Promise<string>((resolve, reject) => {
    const options = { method: "POST", ca, headers, agent: false as const, ...(signal ? { signal } : {}) };
    const sent = request(url, options, (response) => {
      const chunks: Buffer[] = [];
      response.on("data", (chunk: Buffer) => chunks.push(chunk));
      response.on("error", reject);
      response.on("end", () => resolve(Buffer.concat(chunks).toString("utf8")));
    });
    sent.setTimeout(15_000, () => sent.destroy(new Error(`${url.href}: no answer within 15 s`)));
    sent.on("error", reject);
    sent.end(body);
  });
  const answer = JSON.parse(text) as { readonly token?: string; readonly message?: string };
  if (!answer.token) {
    throw new Error(
      `argocd: account "${account.username}" could not log in at ${url.origin}: ${answer.message ?? text}`,
    );
  }
  return answer.token;
}
