import { readdir, readFile } from "node:fs/promises";
import { join } from "node:path";

import { parseAllDocuments } from "yaml";
import { z } from "zod";

const deployment = z.object({
  kind: z.literal("Deployment"),
  spec: z.object({
    template: z.object({
      spec: z.object({ containers: z.array(z.object({ name: z.string(), image: z.string() })).min(1) }),
    }),
  }),
});

/**
 * The image that an application's base names, which its overlays replace. It is the one of the container that bears the
 * application's name, else of the first.
 * @param project root of the repository
 * @throws for an application that has no folder or no Deployment
 */
export async function baseImage(project: string, application: string): Promise<string> {
  await checkApplication(project, application);
  const file = join("apps", application, "base", "deployment.yaml");
  for (const document of parseAllDocuments(await readFile(join(project, file), "utf8"))) {
    const parsed = deployment.safeParse(document.toJS());
    if (!parsed.success) continue;
    const { containers } = parsed.data.spec.template.spec;
    const image = (containers.find(({ name }) => name === application) ?? containers[0])?.image ?? "";
    // The name is what stands before a tag or a digest; a colon before a slash belongs to a port.
    return image.replace(/@.*$/, "").replace(/:[^/]*$/, "");
  }
  throw new Error(`${file}: no Deployment with a container in it, whose image could be released`);
}

/** @throws for a name that is no folder of apps/ with overlays, with those that are */
export async function checkApplication(project: string, application: string): Promise<void> {
  const names: string[] = [];
  for (const name of await readdir(join(project, "apps"))) {
    const inside: readonly string[] = await readdir(join(project, "apps", name)).catch(() => []);
    if (inside.includes("overlays")) names.push(name);
  }
  if (!names.includes(application)) {
    throw new Error(`application "${application}": allowed are ${names.sort().join(", ")}, the folders under apps/`);
  }
}
