import { afterAll, beforeAll, describe, expect, test } from "@jest/globals";
import { execa } from "execa";

import { argocdCommand, waitForApplications } from "../../../local/argocd/index.ts";
import type { ApplicationSummary } from "../../../local/argocd/index.ts";
import { publish } from "../../../local/git/index.ts";
import { listProcesses } from "../../../local/processes/index.ts";

import { application, devNamespace, project, testPlatform, writeApp } from "./harness.ts";
import type { TestPlatform } from "./harness.ts";
import { foreignListeners } from "./listeners.ts";

const minutes = 60_000;
let platform: TestPlatform;

const named = (all: readonly ApplicationSummary[], name: string) => all.find((one) => one.name === name);

async function until(name: string, predicate: (one: ApplicationSummary) => boolean): Promise<ApplicationSummary> {
  const holds = (all: readonly ApplicationSummary[]): boolean => {
    const one = named(all, name);
    return one !== undefined && predicate(one);
  };
  const all = await waitForApplications(platform.controlPlane.kubeconfig, holds, { timeoutSeconds: 90 });
  return named(all, name) as ApplicationSummary;
}

const well = (one: ApplicationSummary): boolean => one.sync === "Synced" && one.health === "Healthy";
const commit = async (): Promise<string> => (await platform.git("rev-parse", "HEAD")).stdout;
const deploy = async (tag: string, ...branches: string[]): Promise<string> => {
  await writeApp(platform, tag);
  await platform.git("commit", "--quiet", "--all", "--message", `Deploy ${tag}`);
  const { stderr } = await platform.git("push", "local", ...branches.map((branch) => `HEAD:${branch}`));
  return stderr;
};
const argocd = (account: string, ...args: string[]) =>
  execa(argocdCommand(platform.layout), ["--argocd-context", account, ...args], { reject: false, all: true });

beforeAll(async () => {
  platform = await testPlatform();
  await writeApp(platform, "6.9.0");
  await platform.git("add", ".");
  await platform.git("commit", "--quiet", "--message", "Start");
  await publish(platform.layout, platform.checkout);
  await platform.apply(devNamespace, project(platform));
  await platform.apply(
    application(platform, { name: "web", environment: "dev", branch: "develop", automated: true }),
    application(platform, { name: "web", environment: "staging", branch: "release", automated: false }),
  );
}, 5 * minutes);

afterAll(() => platform?.destroy(), minutes);

describe("GitOps on the local platform", () => {
  test(
    "an application from the local repository becomes Synced and Healthy",
    async () => {
      const web = await until("web-dev", well);
      expect(web).toMatchObject({ environment: "dev", application: "web", revision: await commit(), message: "" });
    },
    2 * minutes,
  );

  test(
    "a push deploys to dev, and prints how the sync ended",
    async () => {
      const output = await deploy("6.9.1", "develop");
      expect(output).toMatch(/remote: +dev +web +[0-9a-f]{7} +Synced +Healthy +[0-9.]+ s/);
      expect(
        named(
          await waitForApplications(platform.controlPlane.kubeconfig, () => true, { timeoutSeconds: 30 }),
          "web-dev",
        ),
      ).toMatchObject({ revision: await commit(), sync: "Synced", health: "Healthy" });
    },
    3 * minutes,
  );

  test(
    "a push to staging waits for approval, which the deployer may give",
    async () => {
      const output = await deploy("6.9.2", "release");
      expect(output).toMatch(
        /remote: +staging +web +[0-9a-f]{7} +OutOfSync .*awaits approval: .*argocd app sync web-staging/,
      );
    },
    3 * minutes,
  );

  test(
    "a push of something that does not render says why, and is not refused",
    async () => {
      await platform.write("app/kustomization.yaml", "resources: [missing.yaml]\n");
      await platform.git("commit", "--quiet", "--all", "--message", "Break");
      const { stderr } = await platform.git("push", "local", "HEAD:develop");
      expect(stderr).toMatch(/web .*ComparisonError.*missing\.yaml/);
      await platform.git("reset", "--quiet", "--hard", "HEAD~1");
      const mended = await platform.git("push", "--force", "local", "HEAD:develop");
      expect(mended.stderr).toMatch(/web .*Synced +Healthy/);
    },
    3 * minutes,
  );

  test(
    "an application that points outside its project is refused",
    async () => {
      const args = { name: "stray", environment: "dev", branch: "develop", namespace: "kube-system", automated: true };
      await platform.apply(application(platform, args));
      const stray = await until("stray-dev", ({ message }) => message.includes("InvalidSpecError"));
      expect(stray.message).toContain("do not match any of the allowed destinations in project 'dev'");
      expect(stray.sync).not.toBe("Synced");
    },
    2 * minutes,
  );

  test(
    "the CLI verifies the server and has the rights of its account",
    async () => {
      expect((await argocd("viewer", "app", "list", "--output", "name")).all).toContain("argocd/web-dev");
      const denied = await argocd("viewer", "app", "sync", "web-staging");
      expect(denied.exitCode).not.toBe(0);
      expect(denied.all).toContain("PermissionDenied");
      expect((await argocd("deployer", "app", "sync", "web-staging", "--timeout", "60")).exitCode).toBe(0);
      await until("web-staging", ({ sync }) => sync === "Synced");
      expect((await argocd("deployer", "app", "delete", "web-staging", "--yes")).all).toContain("PermissionDenied");
    },
    2 * minutes,
  );

  test("every listener is on loopback", async () => {
    expect(await foreignListeners(await listProcesses(platform.layout))).toEqual([]);
  });

  test.each(["argocd-repo-server", "argocd-application-controller"])(
    "after kill -9 of %s a start repairs it, and a push deploys",
    async (name) => {
      const victim = (await listProcesses(platform.layout)).find((process) => process.name === name);
      process.kill(victim?.pid ?? 0, "SIGKILL");
      await platform.start();
      expect(await deploy(`6.8.${name.length}`, "develop")).toMatch(/web .*Synced +Healthy/);
    },
    3 * minutes,
  );
});
