import { describe, expect, test } from "@jest/globals";

import { parsed, problemsWith } from "./happy-path.ts";
import type { BadConfiguration } from "./happy-path.ts";

const hostName = 'allowed: DNS labels joined by dots, without scheme, port or path; for example "argocd.example.com"';
const label =
  "allowed: lower-case letters, digits and '-', at most 63 characters, starting and ending with a letter or digit; for example \"core-trading\"";
const quantity =
  'allowed: a number that is not negative, with one of m, k, M, G, T, P, E, Ki, Mi, Gi, Ti, Pi, Ei or no suffix; for example "500m"';
const duration = "allowed: hours, minutes and seconds in that order; Go knows no 'd'; for example \"1h30m\"";
const zero = 'allowed: a duration of one second or more; for example "180s"';
const host = "argocd.example.com";
const oidc = { issuer: "https://login.example.com", clientId: "gitops" };

const bad: BadConfiguration[] = [
  [
    "a host with a scheme",
    { argocd: { host: `https://${host}` } },
    [`argocd.host: "https://${host}" is not a host name; ${hostName}`],
  ],
  [
    "a host with a port",
    { argocd: { host: `${host}:443` } },
    [`argocd.host: "${host}:443" is not a host name; ${hostName}`],
  ],
  ["a host without a dot", { argocd: { host: "argocd" } }, [`argocd.host: "argocd" is not a host name; ${hostName}`]],
  [
    "an address as a host",
    { argocd: { host: "192.0.2.1" } },
    [`argocd.host: "192.0.2.1" is not a host name; ${hostName}`],
  ],
  [
    "an ingress without a host",
    { argocd: { ingress: { className: "nginx" } } },
    [
      'argocd.host: ingress needs an address; allowed: together with host alone; add host, for example "argocd.example.com"',
    ],
  ],
  [
    "single sign-on without a host",
    { argocd: { oidc } },
    [
      'argocd.host: oidc needs an address; allowed: together with host alone; add host, for example "argocd.example.com"',
    ],
  ],
  [
    "an ingress class in capitals",
    { argocd: { host, ingress: { className: "Nginx" } } },
    [`argocd.ingress.className: "Nginx" is not a DNS-1123 label; ${label}`],
  ],
  [
    "an annotation with a space",
    { argocd: { host, ingress: { className: "nginx", annotations: { "a b": "c" } } } },
    [
      "argocd.ingress.annotations.a b: wrong key: \"a b\" is not an annotation key; allowed: letters, digits, '-', '_' and '.', at most 63 characters, with a DNS prefix and '/' or none; for example \"cert-manager.io/cluster-issuer\"",
    ],
  ],
  [
    "an issuer without TLS",
    { argocd: { host, oidc: { ...oidc, issuer: "http://login.example.com" } } },
    [
      'argocd.oidc.issuer: "http://login.example.com" is not an https address; allowed: https:// and a host, with or without path; for example "https://login.example.com"',
    ],
  ],
  [
    "a client id with a space",
    { argocd: { host, oidc: { ...oidc, clientId: "my client" } } },
    [
      'argocd.oidc.clientId: "my client" is not a client id; allowed: text without spaces, as the identity provider shows it; for example "gitops-argocd"',
    ],
  ],
  [
    "an unknown Git host",
    { argocd: { gitHost: "svn" } },
    ['argocd.gitHost: "svn" is unknown; allowed: "github", "gitlab", "bitbucketServer", "gogs"; choose one of these'],
  ],
  [
    "a duration in days",
    { argocd: { reconciliationTimeout: "1d" } },
    [`argocd.reconciliationTimeout: "1d" is not a Go duration; ${duration}`],
  ],
  [
    "no time at all",
    { argocd: { reconciliationTimeout: "0m0s" } },
    [`argocd.reconciliationTimeout: "0m0s" is zero; ${zero}`],
  ],
  [
    "an unknown issuer",
    { certManager: { issuer: "zerossl" } },
    ['certManager.issuer: "zerossl" is unknown; allowed: "selfsigned", "letsencrypt"; choose one of these'],
  ],
  [
    "Let's Encrypt without its needs",
    { certManager: { issuer: "letsencrypt" } },
    [
      'certManager.email: missing; allowed: a value, because issuer is "letsencrypt"; add it or choose issuer "selfsigned"',
      'certManager.ingressClass: missing; allowed: a value, because issuer is "letsencrypt"; add it or choose issuer "selfsigned"',
    ],
  ],
  [
    "an e-mail address without a domain",
    { certManager: { issuer: "letsencrypt", email: "ops", ingressClass: "nginx" } },
    ['certManager.email: "ops" is not an e-mail address; allowed: name@domain; for example "platform@example.com"'],
  ],
  [
    "an e-mail address that nobody writes to",
    { certManager: { email: "ops@example.com" } },
    [
      'certManager.email: "ops@example.com" has no effect; allowed: only with issuer "letsencrypt"; remove it or change issuer',
    ],
  ],
  [
    "storage in GB",
    { prometheus: { storage: "20 GB" } },
    [`prometheus.storage: "20 GB" is not a Kubernetes quantity; ${quantity}`],
  ],
  [
    "negative storage",
    { prometheus: { storage: "-1Gi" } },
    [`prometheus.storage: "-1Gi" is not a Kubernetes quantity; ${quantity}`],
  ],
  [
    "storage as a number",
    { prometheus: { storage: 20 } },
    ["prometheus.storage: 20 is not a string; allowed: a string; change it"],
  ],
  [
    "retention in days",
    { prometheus: { retention: "15d" } },
    [`prometheus.retention: "15d" is not a Go duration; ${duration}`],
  ],
  [
    "an address with credentials",
    { prometheus: { address: "http://me:hush@prometheus" } },
    [
      'prometheus.address: "http://***@prometheus" is not an http address; allowed: http:// or https:// and a host, with or without port and path, without credentials; for example "http://prometheus-server.monitoring.svc"',
    ],
  ],
];

describe("the controllers' configuration", () => {
  test.each(bad)("refuses %s", (_name, changes, problems) => {
    expect(problemsWith(changes)).toEqual(problems);
  });

  test("takes single sign-on with a host", () => {
    expect(parsed({ argocd: { host, oidc } }).argocd.oidc).toEqual({ ...oidc, name: "SSO", groupsClaim: "groups" });
  });
});
