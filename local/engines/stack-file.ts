import { mkdir, readFile, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { pathToFileURL } from "node:url";

import { parseDocument } from "yaml";
import type { Document } from "yaml";

import { gitHttpUrl } from "../flux/index.ts";
import { chosenGitops } from "../gitops/choice.ts";
import type { Layout } from "../layout.ts";
import { projectDirectory } from "../layout.ts";
import { alertsUrl } from "../receiver/address.ts";

/** The stack that a local platform runs. */
export const localStack = "local";

/** Context and cluster in the platform's kubeconfig. */
export const localContext = "gitops-local";

/** Project's name in Pulumi.yaml: the namespace of its configuration keys. */
export const localProject = "gitops-platform";

/**
 * Writes the stack file of one platform: `Pulumi.local.yaml` with the repository, the kubeconfig and the receiver of this
 * platform, whose paths Git cannot know. Both engines read it, so that they get the same configuration. The salt that the real
 * engine has put into it stays.
 * @returns its path
 */
export async function writeStackFile(layout: Layout): Promise<string> {
  const document = parseDocument(await readFile(join(projectDirectory, `Pulumi.${localStack}.yaml`), "utf8"));
  document.setIn(["config", `${localProject}:repository`], pathToFileURL(layout.gitRepository).href);
  document.setIn(["config", `${localProject}:cluster`], {
    kind: "existing",
    kubeconfig: layout.kubeconfig,
    context: localContext,
  });
  if (chosenGitops(layout) === "flux") {
    document.setIn(["config", `${localProject}:gitops`], "flux");
    document.setIn(["config", `${localProject}:repository`], await gitHttpUrl(layout));
    document.setIn(["config", `${localProject}:flux`], localFlux);
    // Previews are ApplicationSets of Argo CD, and so is the receiver of alerts a part of it here.
    document.setIn(["config", `${localProject}:previews`], { source: "none" });
    return written(layout, document);
  }
  // Plain: the file is readable by its owner alone, as the token is that the address is made of.
  document.setIn(["config", `${localProject}:alertsAddress`], await alertsUrl(layout));
  return written(layout, document);
}

/** Drift is seen soon by whoever tries that here; a push is told by the hook of the repository, whatever the interval. */
const localFlux = { interval: "15s" } as const;

async function written(layout: Layout, document: Document): Promise<string> {
  await mkdir(layout.directory, { recursive: true, mode: 0o700 });
  const file = join(layout.directory, `Pulumi.${localStack}.yaml`);
  const earlier = parseDocument(await readFile(file, "utf8").catch(() => ""));
  if (earlier.has("encryptionsalt")) document.set("encryptionsalt", earlier.get("encryptionsalt"));
  await writeFile(file, document.toString(), { mode: 0o600 });
  return file;
}
