import { useState } from "preact/hooks";

/** A command that a person can take to a terminal. */
export function Code({ text }: { readonly text: string }) {
  const [copied, setCopied] = useState(false);
  const copy = (): void => {
    navigator.clipboard.writeText(text).then(
      () => setCopied(true),
      () => setCopied(false),
    );
  };
  return (
    <span class="command">
      <code>{text}</code>
      {window.isSecureContext && (
        <button type="button" class="small" onClick={copy} onBlur={() => setCopied(false)} aria-label={`Copy: ${text}`}>
          {copied ? "Copied" : "Copy"}
        </button>
      )}
    </span>
  );
}
