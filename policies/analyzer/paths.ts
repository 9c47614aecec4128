import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";

/** The pack: the folder with PulumiPolicy.yaml. */
export const packFolder = dirname(dirname(fileURLToPath(import.meta.url)));

/** Where its dependencies are. */
export const packagesFolder = join(dirname(packFolder), "node_modules");
