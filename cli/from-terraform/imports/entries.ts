import type { ImportEntry, LeftOut, TerraformResource } from "../model.ts";

import { importKinds, withoutEntry } from "./kinds.ts";

const kinds = new Map(importKinds.map((kind) => [kind.terraform, kind]));

/** Entries for a stack of its own, and the resources that have none. */
export function importEntries(resources: readonly TerraformResource[]): {
  readonly imports: readonly ImportEntry[];
  readonly notImported: readonly LeftOut[];
} {
  const imports: ImportEntry[] = [];
  const notImported: LeftOut[] = [];
  const taken = new Set<string>();
  for (const { address, type, values } of resources) {
    const kind = kinds.get(type);
    if (kind === undefined) {
      notImported.push({ input: address, why: withoutEntry[type] ?? `${type}: no row for it; import it by hand` });
      continue;
    }
    const parts = kind.from.map((attribute) => values[attribute]);
    if (!parts.every((part) => typeof part === "string" && part !== "")) {
      notImported.push({
        input: address,
        why: `the file does not hold its ${kind.from.join(", ")}, which make the id`,
      });
      continue;
    }
    const id = parts.join(kind.separator ?? ":");
    // Names are unique in the file, so that a later `parent` or `provider` can name any of them.
    const base = nameOf(address);
    let name = base;
    for (let count = 2; taken.has(name); count += 1) name = `${base}-${count}`;
    taken.add(name);
    imports.push({ type: kind.pulumi, name, id });
  }
  return { imports, notImported };
}

/** `module.vpc.aws_subnet.private[0]` is `vpc-subnet-private-0`: a person finds the Terraform resource by it. */
function nameOf(address: string): string {
  const words = address.split(/[^A-Za-z0-9]+/).filter((word) => !["", "module", "aws", "this"].includes(word));
  return words
    .filter((word, index) => word !== words[index - 1])
    .join("-")
    .toLowerCase();
}
