import { mkdir, mkdtemp, readFile, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { basename, dirname, join } from "node:path";

import { afterAll, beforeAll, describe, expect, test } from "@jest/globals";
import { parseAllDocuments } from "yaml";

import { apiServer } from "../../../local/control-plane/api-server.ts";
import { controllerManager } from "../../../local/control-plane/controller-manager.ts";
import { etcd } from "../../../local/control-plane/etcd.ts";
import { userKubeconfig } from "../../../local/control-plane/index.ts";
import { kwok } from "../../../local/control-plane/kwok.ts";
import { scheduler } from "../../../local/control-plane/scheduler.ts";
import { layout, prepareLayout } from "../../../local/layout.ts";
import type { Layout } from "../../../local/layout.ts";
import type { ProcessSpec } from "../../../local/processes/index.ts";
import { programCommand } from "../../../local/workloads/pods/program.ts";

let paths: Layout;
let specs: ProcessSpec[];
const stageFiles = ["node/fast/node-initialize", "node/heartbeat-with-lease/node-heartbeat-with-lease"].concat(
  ["ready", "complete", "delete"].map((name) => `pod/fast/pod-${name}`),
);

interface Stage {
  readonly metadata: { readonly name: string };
  readonly spec: { readonly selector: { readonly matchExpressions: readonly Expression[] } };
}
interface Expression {
  readonly operator: string;
  readonly values?: readonly string[];
}

/** The stages that kwok is started with. */
async function stages(): Promise<readonly Stage[]> {
  const documents = parseAllDocuments(await readFile(join(paths.controlPlane, "kwok.yaml"), "utf8"));
  return documents.map((document) => document.toJS() as Stage);
}

async function allSpecs(): Promise<ProcessSpec[]> {
  const binary = { path: "/tools/x" };
  const store = await etcd(paths, binary);
  const api = await apiServer(paths, binary, store);
  const kwokTools = { files: { kwok: join(paths.directory, "kwok-module") }, kwok: binary } as never;
  const rest = [
    await controllerManager(paths, binary, api.url),
    await scheduler(paths, binary, api.url),
    await kwok(paths, kwokTools, api.url),
  ];
  return [store.spec, api.spec, ...rest];
}

beforeAll(async () => {
  paths = layout(await mkdtemp(join(tmpdir(), "gitops-specs-")));
  await prepareLayout(paths);
  for (const name of stageFiles) {
    const file = join(paths.directory, "kwok-module", "kustomize/stage", `${name}.yaml`);
    await mkdir(dirname(file), { recursive: true });
    const selector = "selector: { matchExpressions: [{ key: .status.phase, operator: Exists }] }";
    await writeFile(file, `kind: Stage\nmetadata:\n  name: ${basename(name)}\nspec:\n  ${selector}\n`);
  }
  specs = await allSpecs();
});
afterAll(() => rm(paths.directory, { recursive: true, force: true }));

describe("the processes of the control plane", () => {
  test("are the same when asked for again, so that a second start keeps them", async () => {
    const plain = (all: ProcessSpec[]): unknown => all.map(({ ready: _, ...rest }) => rest);
    expect(plain(await allSpecs())).toEqual(plain(specs));
  });

  test("have no key or token on the command line, and no other address than loopback", () => {
    for (const { name, args } of specs) {
      const text = args.join(" ");
      expect([name, text.includes("PRIVATE KEY"), /insecure|0\.0\.0\.0|skip-tls/.test(text)]).toEqual([
        name,
        false,
        false,
      ]);
    }
  });

  test("restart with their kubeconfig: every one that has a kubeconfig names it among its files", () => {
    for (const { name, args, files } of specs) {
      const used = args
        .filter((arg) => arg.startsWith("--kubeconfig="))
        .map((arg) => arg.slice("--kubeconfig=".length));
      expect([name, files]).toEqual([name, expect.arrayContaining(used)]);
    }
  });

  test("kwok reads the stages of its module and two of ours", async () => {
    const names = (await stages()).map(({ metadata }) => metadata.name);
    expect(names).toEqual([...stageFiles.map((name) => basename(name)), "pod-ready-again", "process-pod-starting"]);
  });

  test("kwok neither readies nor deletes a pod that has a process", async () => {
    const others = (await stages())
      .filter(({ spec }) =>
        spec.selector.matchExpressions.some(
          ({ operator, values }) => operator === "NotIn" && values?.[0] === programCommand,
        ),
      )
      .map(({ metadata }) => metadata.name);
    expect(others).toEqual(["pod-ready", "pod-delete"]);
  });

  test("a kubeconfig for a user needs a platform that was started", async () => {
    const path = join(paths.directory, "u");
    await expect(userKubeconfig(paths, { name: "alice", path })).rejects.toThrow(
      `${paths.kubeconfig}: no kubeconfig of a local platform; start it first`,
    );
  });
});
