import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";

import { describe, expect } from "@jest/globals";
import { execa } from "execa";

import type { PlatformStatus } from "../../../../local/commands/status.ts";
import { projectDirectory } from "../../../../local/layout.ts";
import { listProcesses } from "../../../../local/processes/index.ts";
import { foreignListeners } from "../../argocd/listeners.ts";
import type { ThrowAwayPlatform } from "../../support/platform.ts";
import { scenario } from "../../support/scenario.ts";
import type { GetPlatform } from "../../support/scenario.ts";
import type { EngineUnderTest } from "../engines/engine.ts";

/** The scripts of package.json, as a program or a person runs them. */
export function commandScenarios(platform: GetPlatform, engine: EngineUnderTest): void {
  describe("the commands", () => {
    scenario("npm run status -- --json prints the state of the platform as JSON", platform, async (on) => {
      const { exitCode, stdout } = await npmStatus(on.layout.directory);
      expect(exitCode).toBe(0);
      const status = JSON.parse(stdout) as PlatformStatus;
      expect(status.state).toBe("running");
      expect(status.applications).toEqual(await on.applications());
      expect(status.processes.map(({ name, pid }) => ({ name, pid }))).toEqual(await pids(on));
      expect(status.processes.every(({ alive, memoryBytes }) => alive && memoryBytes > 0)).toBe(true);
    });

    scenario("npm run status -- --json says where nothing runs, with exit code 1", platform, async () => {
      const empty = await mkdtemp(join(tmpdir(), "gitops-empty-"));
      try {
        const { exitCode, stdout } = await npmStatus(empty);
        expect(exitCode).toBe(1);
        expect(JSON.parse(stdout)).toEqual({ state: "stopped", processes: [], applications: [] });
      } finally {
        await rm(empty, { recursive: true, force: true });
      }
    });

    scenario("every process listens on loopback alone", platform, async (on) => {
      expect(await foreignListeners(await listProcesses(on.layout))).toEqual([]);
    });

    scenario("a second start changes nothing: the same processes, the same objects", platform, async (on) => {
      const before = { processes: await pids(on), objects: await versions(on, engine) };
      expect(before.objects.length).toBeGreaterThan(50);
      await on.start();
      expect(await pids(on)).toEqual(before.processes);
      expect(await versions(on, engine)).toEqual(before.objects);
    });
  });
}

const npmStatus = (directory: string) =>
  execa("npm", ["run", "--silent", "status", "--", "--json"], {
    cwd: projectDirectory,
    env: { GITOPS_LOCAL_DIR: directory, NODE_OPTIONS: "" },
    reject: false,
  });

async function pids(on: ThrowAwayPlatform): Promise<readonly { readonly name: string; readonly pid: number }[]> {
  return (await listProcesses(on.layout)).map(({ name, pid }) => ({ name, pid }));
}

const kinds = [
  ...[
    "namespaces",
    "resourcequotas",
    "limitranges",
    "networkpolicies",
    "roles",
    "rolebindings",
    "configmaps",
    "secrets",
  ],
  ...["clusterroles", "clusterrolebindings", "customresourcedefinitions", "serviceaccounts", "services"],
  ...["deployments", "pods", "poddisruptionbudgets", "ingresses"],
];

/**
 * `<kind>/<namespace>/<name> <version>` of all that the platform and the applications are made of; without staging, where
 * an approved release may still be scaled.
 */
async function versions(on: ThrowAwayPlatform, engine: EngineUnderTest): Promise<readonly string[]> {
  interface Item {
    readonly kind: string;
    readonly metadata: { readonly name: string; readonly namespace?: string; readonly resourceVersion: string };
  }
  const list = async (resource: string): Promise<readonly Item[]> => {
    const { stdout } = await on.kubectl(["get", resource, "--all-namespaces", "--output", "json"]);
    return (JSON.parse(stdout) as { readonly items: readonly Item[] }).items;
  };
  const settled = (await list(kinds.join(","))).filter(({ metadata }) => metadata.namespace !== "staging");
  const objects = settled.map(({ kind, metadata }) => {
    return `${kind}/${metadata.namespace ?? ""}/${metadata.name} ${metadata.resourceVersion}`;
  });
  // The engine writes its status, with the time of the look that a start asks for, into the same object.
  const applications = (await list([engine.applications, ...engine.kinds].join(","))).map((item) => {
    const { kind, metadata, spec } = item as Item & { readonly spec: unknown };
    return `${kind}/${metadata.namespace ?? ""}/${metadata.name} ${JSON.stringify(spec)}`;
  });
  return [...objects, ...applications];
}
