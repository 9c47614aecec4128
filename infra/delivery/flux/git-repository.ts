import type { FluxConfig } from "../../config/gitops.ts";
import type { GitRepositorySpec } from "../../crds/flux.ts";
import type { DeliveryEnvironment } from "../environment.ts";

/**
 * What Flux leaves out by itself (fluxcd/pkg, sourceignore v0.18.0, sourceignore.go: ExcludeVCS, ExcludeExt, ExcludeCI,
 * ExcludeExtra). `spec.ignore` overrides this list (source-controller 1.9.6, docs/spec/v1/gitrepositories.md), so it is
 * said again.
 */
const defaultExclusions = [
  ...[".git/", ".gitignore", ".gitmodules", ".gitattributes"],
  ...["*.jpg", "*.jpeg", "*.gif", "*.png", "*.wmv", "*.flv", "*.tar.gz", "*.zip"],
  ...[".github/", ".circleci/", ".travis.yml", ".gitlab-ci.yml", "appveyor.yml", ".drone.yml"],
  ...["cloudbuild.yaml", "codeship-services.yml", "codeship-steps.yml"],
  ...["**/.goreleaser.yml", "**/.sops.yaml", "**/.flux.yaml"],
];

/** Nothing of it is applied: it would only make the artifact larger. */
const documentation = ["/docs/", "*.md"];

/** The branch of one environment. */
export function gitRepositorySpec(
  { branch }: Pick<DeliveryEnvironment, "branch">,
  repository: string,
  { interval, timeout, credentials }: FluxConfig,
): GitRepositorySpec {
  return {
    url: repository,
    ref: { branch },
    interval,
    timeout,
    ignore: `${[...defaultExclusions, ...documentation].join("\n")}\n`,
    ...(credentials === undefined ? {} : { secretRef: { name: credentials } }),
  };
}
