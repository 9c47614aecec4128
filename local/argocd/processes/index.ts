import type { ProcessSpec } from "../../processes/index.ts";
import type { Component } from "../names.ts";

import { applicationController } from "./application-controller.ts";
import { applicationSetController } from "./applicationset-controller.ts";
import type { ProcessContext } from "./context.ts";
import { notificationsController } from "./notifications-controller.ts";
import { redis } from "./redis.ts";
import { repoServer } from "./repo-server.ts";
import { server } from "./server.ts";

/** How each component is run. */
export const processSpecs: Readonly<Record<Component, (context: ProcessContext) => Promise<ProcessSpec>>> = {
  redis,
  repoServer,
  controller: applicationController,
  server,
  notifications: notificationsController,
  applicationSet: applicationSetController,
};
