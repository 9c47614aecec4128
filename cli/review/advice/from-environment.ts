import { UsageError } from "../../errors.ts";

import type { Adviser } from "./adviser.ts";
import { anthropic } from "./anthropic.ts";
import { openai } from "./openai.ts";
import type { Access } from "./openai.ts";

/** The services. Variables and addresses are those of their own SDKs (openai-node, anthropic-sdk-typescript: client.ts). */
const providers = {
  openai: { make: openai, prefix: "OPENAI", baseUrl: "https://api.openai.com/v1" },
  anthropic: { make: anthropic, prefix: "ANTHROPIC", baseUrl: "https://api.anthropic.com" },
} as const;

type Variables = Readonly<Record<string, string | undefined>>;

/**
 * The model that the environment names.
 * @throws UsageError for what is missing or wrong
 */
export function adviserFrom(variables: Variables): Adviser {
  const name = required(variables, "GITOPS_REVIEW_PROVIDER", "openai or anthropic");
  if (!Object.hasOwn(providers, name)) {
    throw new UsageError(`GITOPS_REVIEW_PROVIDER "${name}": is not known; give openai or anthropic`);
  }
  const { make, prefix, baseUrl } = providers[name as keyof typeof providers];
  const url = variables[`${prefix}_BASE_URL`] || baseUrl;
  const key = variables[`${prefix}_API_KEY`] || undefined;
  // A model of one's own needs no key; the services do.
  if (key === undefined && url === baseUrl) required(variables, `${prefix}_API_KEY`, "the service's key");
  const access: Access = {
    baseUrl: checked(url, `${prefix}_BASE_URL`),
    key,
    model: required(variables, "GITOPS_REVIEW_MODEL", "the name of a model of the service"),
  };
  return make(access);
}

function required(variables: Variables, name: string, what: string): string {
  const value = variables[name];
  if (value) return value;
  throw new UsageError(`--advice: ${name} is not set; set it to ${what}, or leave --advice out`);
}

/** A key and a change go over the network: encrypted, except to this machine. */
function checked(text: string, name: string): string {
  const url = URL.canParse(text) ? new URL(text) : undefined;
  const local = url !== undefined && ["127.0.0.1", "[::1]", "localhost"].includes(url.hostname);
  if (url?.protocol === "https:" || (url?.protocol === "http:" && local)) return text.replace(/\/+$/, "");
  throw new UsageError(`${name} "${text}": give an https:// address; http:// is for this machine alone`);
}
