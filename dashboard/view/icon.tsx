import type { IconName } from "../logic/states.ts";

type Shape = IconName | "arrow" | "external" | "lock" | "close";

const paths: Readonly<Record<Shape, string>> = {
  check: "M3.5 8.5l3 3 6-7",
  progress: "M2.5 8h8M7.5 4.5L11 8l-3.5 3.5M13.5 4v8",
  clock: "M8 4.5V8l2.5 1.5M8 1.8a6.2 6.2 0 1 0 0 12.4A6.2 6.2 0 0 0 8 1.8",
  alert: "M8 6v3.2M8 11.6v.2M8 2L14.5 13.5h-13z",
  none: "M4 8h8",
  arrow: "M2.5 8h10.5M9 4l4 4-4 4",
  external: "M6 3.5H3v9.5h9.5v-3M9 2.5h4.5V7M13 3L7.5 8.5",
  lock: "M4 7.5h8v6H4zM5.5 7.5V5a2.5 2.5 0 0 1 5 0v2.5",
  close: "M4 4l8 8M12 4l-8 8",
};

/** A shape beside words that say the same: hidden from those who hear the page. */
export function Icon({ name }: { readonly name: Shape }) {
  return (
    <svg class="icon" viewBox="0 0 16 16" aria-hidden="true" focusable="false">
      <path d={paths[name]} />
    </svg>
  );
}
