import { Command } from "commander";
import { stringify } from "yaml";

import { pipelineCatalog } from "../../../infra/ci/jenkins-x/catalog.ts";

/** Commands for a stack whose `ci` is Jenkins X. */
export function jenkinsXCommands(): readonly Command[] {
  return [
    new Command("pipeline-catalog")
      .description("print extensions/pipeline-catalog.yaml of the environment repository of Jenkins X")
      .action(() => {
        process.stdout.write(stringify(pipelineCatalog));
      }),
  ];
}
