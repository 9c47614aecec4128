import type { DashboardApplication, Scaling as Facts } from "../../cli/dashboard/model.ts";

/** `2 of 3 pods ready, 1 to 10`: in a card of the flow. */
export function Pods({ replicas, scaling }: Pick<DashboardApplication, "replicas" | "scaling">) {
  if (replicas === null) return <span class="muted">no pods</span>;
  const { ready, wanted } = replicas;
  return (
    <span class={ready < wanted ? "pods pods-short" : "pods"}>
      {ready}/{wanted}{" "}
      <span class="muted">pods{scaling === null ? "" : ` (${scaling.minimum}–${scaling.maximum})`}</span>
      {scaling?.paused === true && <span class="tag">scaling paused</span>}
      {scaling?.fallback === true && <span class="tag tag-warning">fallback</span>}
    </span>
  );
}

/** What scales an application, in full. */
export function ScalingFacts({ scaling }: { readonly scaling: Facts }) {
  const { minimum, maximum, current, desired, triggers } = scaling;
  const flags = [
    scaling.paused ? "paused" : scaling.active ? "a trigger asks for more" : "at rest",
    ...(scaling.fallback ? ["fallback holds: a trigger cannot be read"] : []),
  ];
  return (
    <>
      <p>
        {minimum} to {maximum} pods; now {current ?? "unknown"}, wanted {desired ?? "unknown"}; {flags.join(", ")}.
      </p>
      {scaling.message !== "" && <p class="reason">{scaling.message}</p>}
      {triggers.length > 0 && (
        <ul class="plain">
          {triggers.map((trigger) => (
            <li key={`${trigger.type} ${trigger.name}`}>
              <code>{trigger.name}</code> <span class="muted">({trigger.type})</span> {quantity(trigger.current)}
              {trigger.target !== null && <span class="muted"> of {quantity(trigger.target)} a pod</span>}
            </li>
          ))}
        </ul>
      )}
    </>
  );
}

/** Thousandths, as Kubernetes writes them, as a number: `1500m` is 1.5. */
function quantity(text: string | null): string {
  if (text === null) return "unknown";
  const thousandths = /^(-?\d+)m$/.exec(text)?.[1];
  return thousandths === undefined ? text : String(Number((Number(thousandths) / 1000).toPrecision(3)));
}
