import { join } from "node:path";

import { describe, expect } from "@jest/globals";

import { scenario } from "../../support/scenario.ts";
import type { GetPlatform } from "../../support/scenario.ts";
import { refusedByDefaultProject } from "../engines/argocd.ts";

/** What the accounts of the local Argo CD may do through its API, with the real CLI. */
export function argocdRightsScenarios(platform: GetPlatform): void {
  describe("in Argo CD", () => {
    scenario("a viewer lists applications and cannot sync one", platform, async (on) => {
      const list = await on.argocd("viewer", "app", "list", "--output", "name");
      expect(list.stdout.split("\n")).toHaveLength(12);
      const denied = await on.argocd("viewer", "app", "sync", "app-dev");
      expect(denied.exitCode).not.toBe(0);
      expect(denied.all).toContain("permission denied: applications, sync, dev/app-dev, sub: viewer");
    });

    scenario("a deployer syncs what the branch says and nothing else", platform, async (on) => {
      const synced = await on.argocd("deployer", "app", "sync", "app-dev", "--timeout", "120");
      expect(synced).toMatchObject({ exitCode: 0 });
      const overlay = join(on.checkout.directory, "apps/app/overlays/dev");
      for (const [what, args, message] of [
        ["delete", ["app", "delete", "app-dev", "--yes"], "permission denied: applications, delete, dev/app-dev"],
        [
          "another revision",
          ["app", "sync", "app-staging", "--revision", "develop"],
          "applications, override, staging",
        ],
        ["local files", ["app", "sync", "app-staging", "--local", overlay], "permission denied"],
        ["another branch", ["app", "set", "app-dev", "--revision", "main"], "permission denied"],
        ["a new application", ["app", "create", "x", ...source, "--project", "dev"], "permission denied"],
        ["the project", ["proj", "add-destination", "dev", server, "kube-system"], "permission denied"],
        ["the project `default`", ["proj", "get", "default"], "permission denied: projects, get, default"],
      ] as const) {
        const { exitCode, all } = await on.argocd("deployer", ...args);
        expect({ what, ok: exitCode === 0, all }).toEqual({
          what,
          ok: false,
          all: expect.stringContaining(message) as unknown,
        });
      }
      expect((await on.applications()).map(({ name }) => name)).toContain("app-dev");
    });

    scenario("an Application of the project `default` is refused", platform, async (on) => {
      expect(await refusedByDefaultProject(on)).toContain("is not permitted in project 'default'");
    });

    scenario("the project `default` allows no repository, destination or kind", platform, async (on) => {
      const { stdout } = await on.kubectl([
        "get",
        "appproject",
        "default",
        "--namespace",
        "argocd",
        "--output",
        "json",
      ]);
      const { spec } = JSON.parse(stdout) as { readonly spec: Readonly<Record<string, unknown>> };
      expect(spec).toEqual({
        description: expect.any(String) as unknown,
        sourceRepos: [],
        destinations: [],
        clusterResourceWhitelist: [],
        namespaceResourceWhitelist: [],
      });
    });
  });
}

const server = "https://kubernetes.default.svc";
const source = ["--repo", "file:///nowhere", "--path", "x", "--dest-server", server, "--dest-namespace", "dev"];
