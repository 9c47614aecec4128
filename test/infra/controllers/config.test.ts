import { describe, expect, test } from "@jest/globals";
import type { z } from "zod";

import {
  argocdSchema,
  certManagerSchema,
  controllersSchema,
  prometheusSchema,
} from "../../../infra/config/controllers.ts";
import { problemsOf } from "../../../infra/config/problems.ts";

function problems(schema: z.ZodType, input: unknown): string[] {
  const result = schema.safeParse(input, { reportInput: true });
  return result.success ? [] : problemsOf(result.error).map(({ path, message }) => `${path}: ${message}`);
}

describe("defaults", () => {
  test("of Argo CD, cert-manager and Prometheus need no configuration", () => {
    expect(argocdSchema.parse({})).toEqual({ managedBy: "self", gitHost: "github", reconciliationTimeout: "180s" });
    expect(certManagerSchema.parse({})).toEqual({ issuer: "selfsigned", acme: "production" });
    expect(prometheusSchema.parse({})).toEqual({ storage: "20Gi", retention: "360h" });
  });

  test.each([
    "http://prometheus-server.monitoring.svc",
    "http://127.0.0.1:9090",
    "https://prometheus.example.com/tenant",
  ])("the address %s is right", (address) => expect(problems(prometheusSchema, { address })).toEqual([]));
});

const unknownKey = (allowed: string) => `unknown key; allowed: ${allowed}; remove or rename it`;
const duration = "hours, minutes and seconds in that order; Go knows no 'd'";
const label = "lower-case letters, digits and '-', at most 63 characters, starting and ending with a letter or digit";

describe("a problem says where, what, what is allowed and how to mend it", () => {
  const cases: [name: string, schema: z.ZodType, input: unknown, expected: string[]][] = [
    [
      "controllers",
      controllersSchema,
      "kubectl",
      [': "kubectl" is unknown; allowed: "helm", "preinstalled"; choose one of these'],
    ],
    [
      "an unknown key",
      argocdSchema,
      { hots: "a.b.c" },
      [`hots: ${unknownKey("managedBy, apiServer, hubRoles, host, ingress, oidc, gitHost, reconciliationTimeout")}`],
    ],
    [
      "a host with a scheme",
      argocdSchema,
      { host: "https://argocd.example.com" },
      [
        'host: "https://argocd.example.com" is not a host name; allowed: DNS labels joined by dots, without scheme, port or path; for example "argocd.example.com"',
      ],
    ],
    [
      "an ingress without a host",
      argocdSchema,
      { ingress: { className: "nginx" } },
      ['host: ingress needs an address; allowed: together with host alone; add host, for example "argocd.example.com"'],
    ],
    [
      "single sign-on without a host",
      argocdSchema,
      { oidc: { issuer: "https://login.example.com", clientId: "x" } },
      ['host: oidc needs an address; allowed: together with host alone; add host, for example "argocd.example.com"'],
    ],
    [
      "an ingress class",
      argocdSchema,
      { host: "a.example.com", ingress: { className: "Nginx" } },
      [`ingress.className: "Nginx" is not a DNS-1123 label; allowed: ${label}; for example "core-trading"`],
    ],
    [
      "an annotation",
      argocdSchema,
      { host: "a.example.com", ingress: { className: "nginx", annotations: { "a b": "" } } },
      [
        "ingress.annotations.a b: wrong key: \"a b\" is not an annotation key; allowed: letters, digits, '-', '_' and '.', at most 63 characters, with a DNS prefix and '/' or none; for example \"cert-manager.io/cluster-issuer\"",
      ],
    ],
    [
      "an issuer without TLS",
      argocdSchema,
      { host: "a.example.com", oidc: { issuer: "http://login.example.com", clientId: "x" } },
      [
        'oidc.issuer: "http://login.example.com" is not an https address; allowed: https:// and a host, with or without path; for example "https://login.example.com"',
      ],
    ],
    [
      "a client without an id",
      argocdSchema,
      { host: "a.example.com", oidc: { issuer: "https://login.example.com" } },
      ["oidc.clientId: missing; allowed: a string; add it"],
    ],
    [
      "a client id with a space",
      argocdSchema,
      { host: "a.example.com", oidc: { issuer: "https://login.example.com", clientId: "my client" } },
      [
        'oidc.clientId: "my client" is not a client id; allowed: text without spaces, as the identity provider shows it; for example "gitops-argocd"',
      ],
    ],
    [
      "a secret in the open",
      argocdSchema,
      { host: "a.example.com", oidc: { issuer: "https://login.example.com", clientId: "x", clientSecret: "s" } },
      [`oidc.clientSecret: ${unknownKey("name, issuer, clientId, cliClientId, groupsClaim")}`],
    ],
    [
      "a Git host",
      argocdSchema,
      { gitHost: "svn" },
      ['gitHost: "svn" is unknown; allowed: "github", "gitlab", "bitbucketServer", "gogs"; choose one of these'],
    ],
    [
      "days",
      argocdSchema,
      { reconciliationTimeout: "1d" },
      [`reconciliationTimeout: "1d" is not a Go duration; allowed: ${duration}; for example "1h30m"`],
    ],
    [
      "no time at all",
      argocdSchema,
      { reconciliationTimeout: "0m0s" },
      ['reconciliationTimeout: "0m0s" is zero; allowed: a duration of one second or more; for example "180s"'],
    ],
    [
      "Let's Encrypt without its needs",
      certManagerSchema,
      { issuer: "letsencrypt" },
      [
        'email: missing; allowed: a value, because issuer is "letsencrypt"; add it or choose issuer "selfsigned"',
        'ingressClass: missing; allowed: a value, because issuer is "letsencrypt"; add it or choose issuer "selfsigned"',
      ],
    ],
    [
      "an address that nobody writes to",
      certManagerSchema,
      { email: "ops@example.com" },
      ['email: "ops@example.com" has no effect; allowed: only with issuer "letsencrypt"; remove it or change issuer'],
    ],
    [
      "an e-mail address",
      certManagerSchema,
      { issuer: "letsencrypt", email: "ops", ingressClass: "nginx" },
      ['email: "ops" is not an e-mail address; allowed: name@domain; for example "platform@example.com"'],
    ],
    [
      "a quantity",
      prometheusSchema,
      { storage: "20 GB" },
      [
        'storage: "20 GB" is not a Kubernetes quantity; allowed: a number that is not negative, with one of m, k, M, G, T, P, E, Ki, Mi, Gi, Ti, Pi, Ei or no suffix; for example "500m"',
      ],
    ],
    [
      "a retention in days",
      prometheusSchema,
      { retention: "15d" },
      [`retention: "15d" is not a Go duration; allowed: ${duration}; for example "1h30m"`],
    ],
    [
      "an address with credentials",
      prometheusSchema,
      { address: "http://me:secret@prometheus" },
      [
        'address: "http://***@prometheus" is not an http address; allowed: http:// or https:// and a host, with or without port and path, without credentials; for example "http://prometheus-server.monitoring.svc"',
      ],
    ],
    ["a number", prometheusSchema, { storage: 20 }, ["storage: 20 is not a string; allowed: a string; change it"]],
  ];

  test.each(cases)("%s", (_, schema, input, expected) => {
    expect(problems(schema, input)).toEqual(expected);
  });

  test("and all of them at once", () => {
    const input = { gitHost: "svn", reconciliationTimeout: "1d", ingress: { className: "A" }, extra: 1 };
    expect(problems(argocdSchema, input)).toHaveLength(5);
  });
});
