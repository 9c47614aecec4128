import type { DashboardApplication, EnvironmentSummary, Snapshot } from "../../cli/dashboard/model.ts";
import { imageVersion } from "../logic/images.ts";
import { applicationHash } from "../logic/routes.ts";

import { Stage } from "./stage.tsx";

/** Every application on its way through the environments: one line each, one column an environment. */
export function Flow({ facts }: { readonly facts: Snapshot }) {
  const names = [...new Set(facts.applications.map(({ application }) => application))].sort();
  return (
    <section aria-labelledby="flow" class="flow" data-columns={facts.environments.length}>
      <div class="section-head">
        <h2 id="flow">Flow</h2>
        <p class="muted">{facts.environments.map(({ name }) => name).join(" → ")}</p>
      </div>
      <ul class="columns" aria-label="Environments">
        {facts.environments.map((environment) => (
          <li key={environment.name}>
            <strong>{environment.name}</strong> <span class="muted">{about(environment)}</span>
          </li>
        ))}
      </ul>
      {names.map((name) => (
        <section key={name} class="application" aria-labelledby={`flow-${name}`}>
          <h3 id={`flow-${name}`}>
            <a href={applicationHash(name)}>{name}</a>
          </h3>
          <ol>
            {facts.environments.map((environment, index) => {
              const of = (column: EnvironmentSummary | undefined): DashboardApplication | undefined =>
                facts.applications.find((one) => one.application === name && one.environment === column?.name);
              const status = of(environment);
              return (
                <li key={environment.name}>
                  {status === undefined ? (
                    <p class="stage stage-empty">
                      <span class="stage-environment">{environment.name}</span>
                      {environment.present ? "not deployed here" : "not in this cluster"}
                    </p>
                  ) : (
                    <Stage status={status} drift={drift(of(facts.environments[index - 1]), status)} />
                  )}
                </li>
              );
            })}
          </ol>
        </section>
      ))}
    </section>
  );
}

function about({ branch, sync, present }: EnvironmentSummary): string {
  if (!present) return "not in this cluster";
  return `${branch}, ${sync === "automatic" ? "synced by itself" : "synced by a person"}`;
}

/** How it differs from the environment before: the question behind every promotion. */
function drift(before: DashboardApplication | undefined, status: DashboardApplication): string {
  if (before?.image == null || status.image === null || before.image === status.image) return "";
  return `${before.environment} runs ${imageVersion(before.image)}`;
}
