import { createHash, randomBytes, timingSafeEqual } from "node:crypto";

/** One browser that came with a token. */
export interface BrowserSession {
  /** To be sent with each action, so that no other page can send one (synchroniser token). */
  readonly csrfToken: string;
}

/** Who may look: whoever the command gave a token to, by a cookie that only the server can read. */
export interface Sessions {
  /** Makes a token that opens one session. */
  readonly newToken: () => string;
  /** @returns the value of the cookie; undefined for a token that is unknown or was used before */
  readonly exchange: (token: string) => string | undefined;
  readonly find: (cookie: string | undefined) => BrowserSession | undefined;
}

/** Bytes of chance in a token or cookie: nobody guesses 256 bits. */
const strength = 32;
/** Browsers at a time; the one that came first goes. */
const limit = 50;

const random = (): string => randomBytes(strength).toString("base64url");
/** Secrets are found by their digest, so that no comparison tells how much of a guess was right. */
const digest = (secret: string): string => createHash("sha256").update(secret).digest("hex");

export function createSessions(): Sessions {
  const tokens = new Set<string>();
  const sessions = new Map<string, BrowserSession>();
  return {
    newToken: () => {
      const token = random();
      tokens.add(digest(token));
      return token;
    },
    exchange: (token) => {
      if (!tokens.delete(digest(token))) return undefined;
      const cookie = random();
      sessions.set(digest(cookie), { csrfToken: random() });
      for (const oldest of [...sessions.keys()].slice(0, -limit)) sessions.delete(oldest);
      return cookie;
    },
    find: (cookie) => (cookie === undefined ? undefined : sessions.get(digest(cookie))),
  };
}

/** Whether two secrets are the same, in a time that does not tell how much of them is. */
export function sameSecret(given: string, wanted: string): boolean {
  return timingSafeEqual(Buffer.from(digest(given)), Buffer.from(digest(wanted)));
}
