/** What stands for a secret. */
export const redacted = "[redacted]";

/** Secrets that can be told by their form; each pattern's first group, where it has one, is kept. */
const forms: readonly RegExp[] = [
  /-----BEGIN [A-Z0-9 ]*(?:PRIVATE KEY|CERTIFICATE)(?: BLOCK)?-----[\s\S]*?(?:-----END [A-Z0-9 ]+-----|$)/g,
  // Access key ids of AWS: prefixes of "IAM identifiers" in its documentation.
  /\b(?:AKIA|ASIA|AROA|AIDA)[A-Z0-9]{16}\b/g,
  /\b(?:gh[oprsu]_[A-Za-z0-9]{20,}|github_pat_\w{20,}|glpat-[\w-]{20,}|xox[abeprs]-[\w-]{10,}|npm_[A-Za-z0-9]{36})/g,
  /\b(?:sk|pk|rk)[-_][A-Za-z0-9][\w-]{16,}/g,
  /\bpul-[0-9a-f]{40}\b/g,
  /\bAIza[\w-]{35}\b/g,
  // JSON Web Tokens, and what Pulumi encrypts into a stack's file.
  /\beyJ[\w-]+\.eyJ[\w-]+\.[\w-]*/g,
  /\bv1:[A-Za-z0-9+/=]{8,}:[A-Za-z0-9+/=]{8,}/g,
  /(\b(?:bearer|basic)\s+)[A-Za-z0-9+/._~=-]{8,}/gi,
  // Literals in a program: secret("..."), and the values of Secret and ConfigMap in one line.
  /(\bsecret\(\s*)(?:"[^"\n]*"|'[^'\n]*'|`[^`]*`)/g,
  /(\b(?:stringData|data)["']?\s*:\s*\{)[^}\n]*(?=\}|$)/gm,
  // Passwords in addresses.
  /(\b[a-z][a-z0-9+.-]*:\/\/[^\s:/@]*:)[^\s/@]+(?=@)/gi,
  // What a name calls a secret, in YAML, JSON, TypeScript, shell and INI. Not `secretName: x`: a name is no secret.
  /((?:["']?[\w.-]*(?:password|passwd|passphrase|secret|token|api[_-]?key|access[_-]?key|private[_-]?key|credentials?|client[_-]?secret)["']?)\s*[:=]\s*)(?!\s*[{[(|>]\s*$)(?:"[^"\n]*"|'[^'\n]*'|[^\s,;}\]]+)/gim,
];

/** Long words of mixed signs: keys in no known form, and the data of Secret objects. */
const word = /[A-Za-z0-9+/_=-]{24,}/g;

/** Bits for each sign from which a word is random. English and paths stay below 3.7; base64 of noise is near 4.5. */
const randomFrom = 4;

/** A text without what looks like a secret. It rather takes too much than too little. */
export function redact(text: string): string {
  const known = forms.reduce((rest, form) => {
    return rest.replace(form, (_match: string, kept: unknown) => `${typeof kept === "string" ? kept : ""}${redacted}`);
  }, withoutSecretData(text));
  return known.replace(word, (found) => (isRandom(found) ? redacted : found));
}

function isRandom(text: string): boolean {
  const counts = new Map<string, number>();
  for (const sign of text) counts.set(sign, (counts.get(sign) ?? 0) + 1);
  const entropy = [...counts.values()].reduce(
    (sum, count) => sum - (count / text.length) * Math.log2(count / text.length),
    0,
  );
  return entropy >= randomFrom && /\d/.test(text) && /[A-Za-z]/.test(text);
}

/** The lines below `data:` and `stringData:` keep their keys alone, in a file that holds a Secret. */
function withoutSecretData(text: string): string {
  if (!/\bkind:\s*["']?Secret\b/.test(text)) return text;
  let depth: number | undefined;
  return text
    .split("\n")
    .map((line) => {
      const [, mark = "", indent = "", rest = ""] = /^([+\- ]?)(\s*)(.*)$/.exec(line) ?? [];
      if (/^(data|stringData):/.test(rest)) {
        depth = indent.length;
        return line;
      }
      if (depth === undefined || (rest !== "" && indent.length <= depth)) {
        depth = undefined;
        return line;
      }
      const key = /^[\w.-]+:/.exec(rest)?.[0];
      return `${mark}${indent}${key === undefined ? redacted : `${key} ${redacted}`}`;
    })
    .join("\n");
}
