import { describe, expect, test } from "@jest/globals";
import { parse } from "yaml";

import { argocdSettings } from "../../../infra/controllers/argocd/settings.ts";

const base = { projects: ["dev", "prod"], roles: { viewer: ["auditors"], deployer: ["team-a"], admin: ["platform"] } };
const oidc = {
  issuer: "https://login.example.com",
  clientId: "gitops-argocd",
  clientSecret: { secret: "argocd-platform-secrets", key: "oidc.clientSecret" },
};

describe("argocd-cm", () => {
  test("lets nobody in without a name, and nobody into a pod", () => {
    const { cm } = argocdSettings(base);
    expect(cm).toMatchObject({ "users.anonymous.enabled": "false", "exec.enabled": "false" });
  });

  test("switches the admin account off with single sign-on, even where it is asked for", () => {
    expect(argocdSettings(base).cm["admin.enabled"]).toBe("true");
    expect(argocdSettings({ ...base, adminAccount: false }).cm["admin.enabled"]).toBe("false");
    expect(argocdSettings({ ...base, oidc, adminAccount: true }).cm["admin.enabled"]).toBe("false");
  });

  test("names the client secret and never holds it", () => {
    const config = parse(
      argocdSettings({ ...base, url: "https://argocd.example.com", oidc }).cm["oidc.config"]!,
    ) as object;
    expect(config).toEqual({
      name: "SSO",
      issuer: "https://login.example.com",
      clientID: "gitops-argocd",
      clientSecret: "$argocd-platform-secrets:oidc.clientSecret",
      requestedScopes: ["openid", "profile", "email", "groups"],
      requestedIDTokenClaims: { groups: { essential: true } },
    });
  });

  test("uses PKCE for a client without a secret", () => {
    const publicClient = { issuer: oidc.issuer, clientId: oidc.clientId };
    const config = parse(argocdSettings({ ...base, oidc: publicClient }).cm["oidc.config"]!) as object;
    expect(config).toMatchObject({ enablePKCEAuthentication: true });
    expect(config).not.toHaveProperty("clientSecret");
  });

  test("tracks by annotation and leaves the label key alone", () => {
    const { cm } = argocdSettings(base);
    expect(cm["application.resourceTrackingMethod"]).toBe("annotation");
    expect(cm).not.toHaveProperty("application.instanceLabelKey");
  });

  test("never hides a kind that applications use", () => {
    const excluded = parse(argocdSettings(base).cm["resource.exclusions"]!) as { kinds: string[] }[];
    const kinds = excluded.flatMap((entry) => entry.kinds);
    expect(kinds).toContain("EndpointSlice");
    for (const kind of ["Deployment", "Canary", "ScaledObject", "Certificate", "*"]) expect(kinds).not.toContain(kind);
  });

  test("gives local accounts their capabilities", () => {
    const accounts = [
      { name: "ci", capabilities: ["apiKey"] as const },
      { name: "ada", capabilities: ["login", "apiKey"] as const },
    ];
    expect(argocdSettings({ ...base, accounts }).cm).toMatchObject({
      "accounts.ci": "apiKey",
      "accounts.ada": "login, apiKey",
    });
  });

  test("looks at Git every three minutes unless told otherwise", () => {
    expect(argocdSettings(base).cm["timeout.reconciliation"]).toBe("180s");
    expect(argocdSettings({ ...base, reconciliationTimeout: "30s" }).cm["timeout.reconciliation"]).toBe("30s");
  });

  test("holds text alone, as a ConfigMap must", () => {
    const { cm, rbac, params } = argocdSettings({ ...base, oidc });
    for (const value of [cm, rbac, params].flatMap((map) => Object.values(map))) expect(typeof value).toBe("string");
  });
});

describe("argocd-rbac-cm", () => {
  const lines = (options = base) => argocdSettings(options).rbac["policy.csv"]!.trimEnd().split("\n");

  test("gives no rights by default", () => {
    expect(argocdSettings(base).rbac).toMatchObject({ "policy.default": "", "scopes": "[groups]" });
  });

  test("reads groups from the claim that the provider uses", () => {
    expect(argocdSettings({ ...base, oidc: { ...oidc, groupsClaim: "roles" } }).rbac.scopes).toBe("[roles]");
  });

  test("maps groups to roles", () => {
    expect(lines()).toEqual(
      expect.arrayContaining([
        "g, role:deployer, role:viewer",
        "g, auditors, role:viewer",
        "g, team-a, role:deployer",
        "g, platform, role:admin",
      ]),
    );
  });

  test("lets viewers see and deployers sync, in the named projects only", () => {
    const rules = lines().filter((line) => line.startsWith("p, "));
    expect(rules).toContain("p, role:viewer, applications, get, dev/*, allow");
    expect(rules).toContain("p, role:deployer, applications, sync, prod/*, allow");
    for (const rule of rules) {
      const [, , resource, action, object] = rule.split(", ");
      expect(["dev", "prod"]).toContain(object!.split("/")[0]);
      expect(["applications", "applicationsets", "logs", "projects"]).toContain(resource);
      expect(action).not.toMatch(/^(create|update|delete|override|\*)/);
    }
  });

  test("has no rule where there is no project", () => {
    expect(lines({ ...base, projects: [] }).filter((line) => line.startsWith("p, "))).toEqual([]);
  });

  test("grants roles of a project", () => {
    const projectRoles = [{ project: "dev", role: "deployer", subjects: ["ci"] }];
    expect(argocdSettings({ ...base, projectRoles }).rbac["policy.csv"]).toContain("g, ci, proj:dev:deployer\n");
  });

  test("quotes a group's name as CSV asks", () => {
    const roles = { viewer: ['cn=auditors,o="x"'] };
    expect(argocdSettings({ ...base, roles }).rbac["policy.csv"]).toContain('g, "cn=auditors,o=""x""", role:viewer\n');
  });
});

test("argocd-cmd-params-cm keeps TLS on and refuses `replace`", () => {
  expect(argocdSettings(base).params).toMatchObject({
    "server.insecure": "false",
    "server.sync.replace.allowed": "false",
  });
});
