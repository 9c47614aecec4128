import type { HttpRoute, RouteMatch, RouteRule, ValueMatch } from "../cluster/objects.ts";

/** What decides the way of a request. */
export interface UserRequest {
  readonly path: string;
  readonly method: string;
  readonly headers: Readonly<Record<string, string>>;
}

export type Backend = NonNullable<RouteRule["backendRefs"]>[number];

/**
 * The rule of a route that takes a request; undefined when none does (a gateway answers 404).
 *
 * In the order of the Gateway API (HTTPRouteRule in apis/v1/httproute_types.go): exact path, longest prefix, method,
 * most headers, most query parameters, first rule.
 */
export function ruleFor(route: HttpRoute, request: UserRequest): RouteRule | undefined {
  const candidates = (route.spec.rules ?? []).flatMap((rule) =>
    (rule.matches ?? [{}]).filter((match) => fits(match, request)).map((match) => ({ rule, rank: rankOf(match) })),
  );
  // The sort is stable: equals stay in the order of the rules.
  return candidates.sort((a, b) => compare(b.rank, a.rank))[0]?.rule;
}

/**
 * One of the backends of a rule, by its weights; undefined when the rule has none or all weigh 0 (a gateway answers
 * 500).
 *
 * @param random from 0 to below 1
 */
export function chooseBackend(rule: RouteRule, random: number): Backend | undefined {
  const backends = rule.backendRefs ?? [];
  const total = backends.reduce((sum, { weight = 1 }) => sum + weight, 0);
  let rest = random * total;
  for (const backend of backends) {
    const weight = backend.weight ?? 1;
    if (weight > 0 && rest < weight) return backend;
    rest -= weight;
  }
  return undefined;
}

/**
 * The headers of the users that a route treats specially (an A/B test), one group a match with headers. A regular
 * expression is met with what it says without its special characters, where that meets it.
 */
export function specialHeaders(route: HttpRoute): readonly Readonly<Record<string, string>>[] {
  const matches = (route.spec.rules ?? []).flatMap((rule) => rule.matches ?? []);
  return matches.flatMap(({ headers = [] }) => {
    if (headers.length === 0) return [];
    const sent = Object.fromEntries(headers.map((header) => [header.name.toLowerCase(), example(header)]));
    return headers.every((header) => meets(header, sent[header.name.toLowerCase()])) ? [sent] : [];
  });
}

function example({ type, value }: ValueMatch): string {
  return type === "RegularExpression" ? value.replaceAll(/\.[*+]\??|[\^$()?\\]/g, "") : value;
}

function meets({ type, value }: ValueMatch, sent: string | undefined): boolean {
  if (sent === undefined) return false;
  if (type !== "RegularExpression") return sent === value;
  try {
    return new RegExp(`^(?:${value})$`).test(sent);
  } catch {
    return false;
  }
}

function fits(match: RouteMatch, request: UserRequest): boolean {
  const url = new URL(request.path, "http://route");
  const { type = "PathPrefix", value = "/" } = match.path ?? {};
  const prefix = value.replace(/\/$/, "");
  const path = {
    Exact: () => url.pathname === value,
    PathPrefix: () => url.pathname === prefix || url.pathname.startsWith(`${prefix}/`),
    RegularExpression: () => meets({ type: "RegularExpression", name: "", value }, url.pathname),
  }[type]();
  const headers = (match.headers ?? []).every((header) => meets(header, request.headers[header.name.toLowerCase()]));
  const query = (match.queryParams ?? []).every((one) => meets(one, url.searchParams.get(one.name) ?? undefined));
  return path && headers && query && (match.method === undefined || match.method === request.method);
}

function rankOf({ path, method, headers = [], queryParams = [] }: RouteMatch): readonly number[] {
  const { type = "PathPrefix", value = "/" } = path ?? {};
  const exact = type === "Exact" ? 1 : 0;
  return [exact, value.length, method === undefined ? 0 : 1, headers.length, queryParams.length];
}

function compare(a: readonly number[], b: readonly number[]): number {
  const index = a.findIndex((value, at) => value !== b[at]);
  return index < 0 ? 0 : (a[index] ?? 0) - (b[index] ?? 0);
}
