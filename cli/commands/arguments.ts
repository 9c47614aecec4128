import { InvalidArgumentError } from "commander";

import { environmentNames } from "../../infra/environments.ts";

/** For commander: the name of a folder under apps/. */
export function applicationName(text: string): string {
  if (/^[a-z0-9]([-a-z0-9]{0,61}[a-z0-9])?$/.test(text)) return text;
  throw new InvalidArgumentError(`"${text}" is no name of an application; give for example app.`);
}

/** For commander: an environment that can be given several times. */
export function collectEnvironment(text: string, before: readonly string[]): readonly string[] {
  if ((environmentNames as readonly string[]).includes(text)) return [...before, text];
  throw new InvalidArgumentError(`"${text}" is no environment; allowed are ${environmentNames.join(", ")}.`);
}
