import type { Field } from "./fields.ts";

interface Props {
  readonly field: Field;
  readonly value: string;
  readonly change: (name: string, value: string) => void;
}

/** One field with its label and what it is for. */
export function FieldInput({
  field: { name, label, kind, required = false, hint, options = [] },
  value,
  change,
}: Props) {
  const id = `field-${name}`;
  const common = { id, name, required, ...(hint === undefined ? {} : { "aria-describedby": `${id}-hint` }) };
  return (
    <p class={`field field-${kind}`}>
      <label for={id}>
        {label}
        {required && <span class="muted"> (required)</span>}
      </label>
      {kind === "text" && (
        <input
          {...common}
          autocomplete="off"
          value={value}
          onInput={(event) => change(name, event.currentTarget.value)}
        />
      )}
      {kind === "checkbox" && (
        <input
          {...common}
          type="checkbox"
          checked={value === "yes"}
          onChange={(event) => change(name, event.currentTarget.checked ? "yes" : "")}
        />
      )}
      {kind === "select" && (
        <select {...common} value={value} onChange={(event) => change(name, event.currentTarget.value)}>
          {options.map((option) => (
            <option key={option.value} value={option.value}>
              {option.label}
            </option>
          ))}
        </select>
      )}
      {hint !== undefined && (
        <span class="muted" id={`${id}-hint`}>
          {hint}
        </span>
      )}
    </p>
  );
}
