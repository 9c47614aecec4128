import { replicas } from "../../controllers/pods.ts";
import type { CustomObject, Manifest } from "../../crds/tekton.ts";
import type { StackProfile } from "../../environments.ts";

import { eventListener } from "./event-listener.ts";
import { webhookIngress } from "./ingress.ts";
import { ciNetwork } from "./network.ts";
import { pipeline } from "./pipeline.ts";
import { platformConfig } from "./platform-config.ts";
import { ciAccess } from "./rbac.ts";
import { tasks } from "./tasks.ts";
import { trigger, triggerBinding, triggerName, triggerTemplate } from "./triggers.ts";
import type { TriggersArgs } from "./triggers.ts";

export interface TektonObjectsArgs extends TriggersArgs {
  readonly profile: StackProfile;
}

/** Everything beside namespaces and the operator, in the order in which it is made. */
export interface TektonObjects {
  /** Of Kubernetes' own kinds. */
  readonly base: readonly Manifest[];
  readonly config: CustomObject;
  /** Of kinds that exist once `config` is ready. */
  readonly release: readonly CustomObject[];
}

/** What a configuration comes to; the tests validate it, the component creates it. */
export function tektonObjects(args: TektonObjectsArgs): TektonObjects {
  const { config } = args;
  return {
    base: [...ciNetwork(config), ...ciAccess(), webhookIngress(config)],
    config: platformConfig(config),
    release: [
      ...tasks(config.image),
      pipeline(config.image),
      triggerBinding(),
      triggerTemplate(args),
      ...config.sources.map((source) => trigger(source, args)),
      eventListener(config.sources.map(triggerName), replicas(args.profile)),
    ],
  };
}
