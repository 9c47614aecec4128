import { fileURLToPath } from "node:url";

import { RunError } from "@pulumi/pulumi/errors.js";
import { getStack } from "@pulumi/pulumi/runtime/settings.js";

import { readFreezes } from "./calendar/read-freezes.ts";
import { installCi } from "./ci/index.ts";
import { createCluster } from "./cluster/index.ts";
import { Compliance } from "./compliance/index.ts";
import { remoteEnvironments } from "./config/clusters.ts";
import { loadConfig, setSecrets } from "./config/index.ts";
import { formatProblems } from "./config/problems.ts";
import { installControllers } from "./controllers/index.ts";
import { deliverElsewhere } from "./delivery/clusters/deliver-elsewhere.ts";
import { openToHub } from "./delivery/clusters/open-to-hub.ts";
import { spokeProblems } from "./delivery/clusters/spoke-problems.ts";
import { Dashboard } from "./delivery/dashboard.ts";
import { applicationFolders, discover } from "./delivery/discovery.ts";
import { engineElsewhere, gitOpsEngine } from "./delivery/engines.ts";
import { deliveryEnvironments } from "./delivery/environment.ts";
import { fluxProblems } from "./delivery/flux/problems.ts";
import { EnvironmentDelivery } from "./delivery/index.ts";
import { previewProblems } from "./delivery/preview-applications.ts";
import { previewProjects } from "./delivery/preview-names.ts";
import { Previews } from "./delivery/previews.ts";
import { stackProfile } from "./environments.ts";
import { stackOutputs } from "./outputs.ts";
import type { StackOutputs } from "./outputs.ts";

/** The repository that holds this program and the applications. */
const root = fileURLToPath(new URL("..", import.meta.url));

/**
 * The Pulumi program of every stack: configuration -> cluster -> controllers -> delivery -> outputs.
 * A function, so that it can run more than once in a process.
 */
export default function program(): Promise<StackOutputs> {
  const { config, secrets } = loadConfig();
  const delivers = [...config.environments, ...remoteEnvironments(config.clusters)];
  const { deployments, problems: found } = discover(root, delivers, config.applications);
  const problems = [...found, ...previewProblems(config.previews, deployments)];
  if (problems.length > 0) throw new RunError(formatProblems("the applications", problems));
  const now = new Date();
  const frozen = readFreezes(root, applicationFolders(root), now);
  if ("error" in frozen) throw new RunError(frozen.error);
  const unfit = [
    ...fluxProblems({ ...config, ...frozen, deployments, now, secrets: setSecrets(secrets) }),
    ...spokeProblems(config.argocd, setSecrets(secrets)),
  ];
  if (unfit.length > 0) throw new RunError(formatProblems("the stack's configuration", unfit));
  const environments = deliveryEnvironments(config.environments, config.delivery, deployments);
  // An Argo CD is as available as the strictest environment that depends on it.
  const profile = stackProfile(delivers);
  const tags = { ...config.tags, "gitops-stack": getStack() };

  const cluster = createCluster(`gitops-${getStack()}`, config.cluster, profile, { tags });
  const controllers = installControllers({
    mode: config.controllers,
    gitops: config.gitops,
    config,
    secrets,
    profile,
    groups: config.groups,
    projects: [...delivers, ...(config.previews.source === "none" ? [] : previewProjects)],
    remoteClusters: config.clusters.length > 0,
    workloadNamespaces: environments.map(({ namespace }) => namespace),
    provider: cluster.provider,
    dependsOn: cluster.ready,
  });
  const isSpoke = config.argocd.managedBy === "hub";
  const chosenEngine = gitOpsEngine(config.gitops, {
    repository: config.repository,
    groups: config.groups,
    calendar: { now, freezes: frozen.freezes },
    flux: config.flux,
    alerts: config.alerts,
  });
  const engine = isSpoke ? engineElsewhere : chosenEngine;
  const prepared = engine.prepare(environments, { provider: cluster.provider, dependsOn: [...controllers.ready] });
  const delivered = environments.map(
    (environment) =>
      new EnvironmentDelivery({
        environment,
        groups: config.groups,
        engine,
        provider: cluster.provider,
        controllers: [...controllers.ready, ...prepared],
        flagd: config.controllers === "helm",
        alerts: {
          config: config.alerts,
          ...(secrets.alertsAddress === undefined ? {} : { address: secrets.alertsAddress }),
        },
      }),
  );
  const remote = deliverElsewhere({
    config,
    deployments,
    engine,
    provider: cluster.provider,
    controllers: controllers.ready,
  });
  const hubAccess = openToHub({ config, cluster, environments, delivered });
  new Compliance({
    config: config.compliance,
    environments,
    groups: config.groups,
    provider: cluster.provider,
    dependsOn: cluster.ready,
    delivered,
  });
  const base = environments.find(({ name }) => name === config.previews.base);
  if (config.previews.source !== "none" && base !== undefined) {
    new Previews({
      config: config.previews,
      base,
      repository: config.repository,
      provider: cluster.provider,
      controllers: controllers.ready,
    });
  }
  if (config.dashboard.enabled) {
    new Dashboard({
      config: config.dashboard,
      profile,
      namespaces: environments.map(({ namespace }) => namespace),
      provider: cluster.provider,
      dependsOn: [...controllers.ready, ...delivered],
    });
  }
  installCi({
    config: config.ci,
    repository: config.repository,
    delivery: config.delivery,
    profile,
    provider: cluster.provider,
    dependsOn: controllers.ready,
  });
  return Promise.resolve(
    stackOutputs({
      gitops: config.gitops,
      cluster,
      controllers,
      environments: isSpoke ? [] : [...environments, ...remote],
      hubAccess,
    }),
  );
}
