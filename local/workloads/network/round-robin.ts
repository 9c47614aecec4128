import type { Endpoint } from "./resolve.ts";

/** Takes the endpoints of each Service in turn. */
export class RoundRobin {
  private readonly counts = new Map<string, number>();

  /** @param endpoints at least one */
  next(service: string, endpoints: readonly Endpoint[]): Endpoint {
    const count = this.counts.get(service) ?? 0;
    this.counts.set(service, count + 1);
    const chosen = endpoints[count % endpoints.length];
    if (chosen === undefined) throw new Error(`service "${service}": no endpoint to choose from`);
    return chosen;
  }
}
