import type { Waiver, Waivers } from "./parse.ts";

/** What a waiver is compared with. */
export interface Waivable {
  readonly urn?: string | undefined;
  readonly type: string;
  readonly name: string;
}

/** The waivers of a run: what they cover, and which of them have been of use. */
export class WaiverRegister {
  readonly problems: readonly string[];
  readonly #waivers: readonly Waiver[];
  readonly #today: string;
  readonly #used = new Set<Waiver>();

  /** @param today ISO date that expiries are compared with */
  constructor({ waivers, problems }: Waivers, today: string) {
    this.#waivers = waivers;
    this.#today = today;
    this.problems = problems;
  }

  /** True when a violation is waived today. An expired waiver counts as used, and covers nothing. */
  covers(policy: string, resource: Waivable): boolean {
    const found = this.#waivers.filter((waiver) => waiver.policy === policy && matches(waiver, resource));
    for (const waiver of found) this.#used.add(waiver);
    return found.some((waiver) => waiver.expires > this.#today);
  }

  expired(): readonly Waiver[] {
    return this.#waivers.filter((waiver) => waiver.expires <= this.#today);
  }

  /** Waivers for resources that are here and violate nothing; those for other stacks are not our business. */
  unused(resources: readonly Waivable[]): readonly Waiver[] {
    return this.#waivers.filter(
      (waiver) => !this.#used.has(waiver) && resources.some((resource) => matches(waiver, resource)),
    );
  }
}

function matches({ resource: pattern }: Waiver, { urn, type, name }: Waivable): boolean {
  const expression = pattern.replace(/[.+?^${}()|[\]\\]/g, "\\$&").replaceAll("*", ".*");
  const wanted = new RegExp(`^${expression}$`);
  return pattern.startsWith("urn:") ? urn !== undefined && wanted.test(urn) : wanted.test(`${type}::${name}`);
}

/** The parts of a URN that a waiver may name: `urn:pulumi:<stack>::<project>::<parents>$<type>::<name>`. */
export function waivable(urn: string): Waivable {
  const [, , types = "", ...name] = urn.split("::");
  return { urn, type: types.split("$").at(-1) ?? "", name: name.join("::") };
}
