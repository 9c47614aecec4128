import type { DeploymentDiff } from "../../cli/dashboard/model.ts";
import { short } from "../logic/images.ts";
import { patchLines } from "../logic/patch.ts";
import { useFetched } from "../state/fetched.ts";

/** What a commit changed of an application, asked for when it is shown. */
export function DiffOf({ path }: { readonly path: string }) {
  const { value, error } = useFetched<DeploymentDiff>(path);
  if (error !== undefined) return <p class="notice">{error}</p>;
  if (value === undefined) return <p class="muted">Asking Git…</p>;
  return (
    <div class="diff">
      {value.body !== "" && <pre class="message">{value.body}</pre>}
      <p class="muted">
        {value.base === null ? (
          "The first commit of all."
        ) : (
          <>
            Compared with <code>{short(value.base)}</code>
            {value.files.length === 0 && ": no file of the application differs"}.
          </>
        )}
      </p>
      {value.files.map((file) => (
        <figure key={file.path}>
          <figcaption>
            <code>{file.previousPath === null ? file.path : `${file.previousPath} → ${file.path}`}</code>{" "}
            <span class="muted">
              {file.status}, {file.additions} added, {file.deletions} removed
            </span>
          </figcaption>
          {file.binary && <p class="muted">A binary file.</p>}
          {file.truncated && <p class="muted">Too long to be shown here.</p>}
          {file.patch !== "" && <Patch patch={file.patch} path={file.path} />}
        </figure>
      ))}
      {value.truncated && <p class="muted">Further files were left out.</p>}
    </div>
  );
}

/** The lines of a diff; `+` and `-` stay in them, so that they say it without colours. */
export function Patch({ patch, path }: { readonly patch: string; readonly path: string }) {
  return (
    <pre class="patch" tabIndex={0} role="region" aria-label={`Changes of ${path}`}>
      {patchLines(patch).map((line, index) => (
        <span key={index} class={`line line-${line.kind}`}>
          <span class="number" aria-hidden="true">
            {line.before ?? ""}
          </span>
          <span class="number" aria-hidden="true">
            {line.after ?? ""}
          </span>
          {line.text}
          {"\n"}
        </span>
      ))}
    </pre>
  );
}
