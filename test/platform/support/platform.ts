import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";

import { execa } from "execa";

import type { GitopsKind } from "../../../infra/config/gitops.ts";
import { argocdCommand } from "../../../local/argocd/index.ts";
import type { ApplicationSummary } from "../../../local/argocd/index.ts";
import { userKubeconfig } from "../../../local/control-plane/index.ts";
import { readApplications, waitForApplications } from "../../../local/gitops/wait.ts";
import { restClient } from "../../../local/kubernetes/rest-client.ts";
import type { RestClient } from "../../../local/kubernetes/rest-client.ts";
import { layout, projectDirectory } from "../../../local/layout.ts";
import type { Layout } from "../../../local/layout.ts";
import { listProcesses, logTail } from "../../../local/processes/index.ts";

import { Checkout } from "./checkout.ts";

/** What a command printed and how it ended; a failure does not throw. */
export interface CommandResult {
  readonly exitCode: number | undefined;
  readonly stdout: string;
  /** Standard output and standard error together, as a person sees them. */
  readonly all: string;
}

/** Somebody, as Git knows them. */
export interface Person {
  readonly name: string;
  readonly email: string;
}

/** A platform of its own in a temporary folder, run by the commands that `npm start` and `npm stop` run. */
export class ThrowAwayPlatform {
  readonly layout: Layout;
  /** A clone of the project's HEAD: what the platform publishes, and where pushes come from. */
  readonly checkout: Checkout;

  private constructor(
    private readonly folder: string,
    checkout: Checkout,
    private readonly project: string,
    /** What brings Git into it. */
    readonly engine: GitopsKind,
  ) {
    this.layout = layout(join(folder, "platform"));
    this.checkout = checkout;
  }

  /**
   * Makes the folders and the clone, in which Flagger looks every 10 s instead of every minute; starts nothing.
   * @param project whose commands and stack are run. Default: this one
   * @param engine what brings Git into it. Default: Argo CD
   */
  static async create(project: string = projectDirectory, engine: GitopsKind = "argocd"): Promise<ThrowAwayPlatform> {
    const folder = await mkdtemp(join(tmpdir(), "gitops-throw-away-"));
    const checkout = await Checkout.clone(projectDirectory, join(folder, "checkout"));
    await checkout.change(
      "apps/components/canary/base/canary.yaml",
      (document) => document.setIn(["spec", "analysis", "interval"], "10s"),
      "Look at releases as often as Flagger can",
    );
    return new ThrowAwayPlatform(folder, checkout, project, engine);
  }

  /**
   * `npm start`; it waits until every application is where it should be.
   * @throws Error when it fails; what it printed and the logs' ends are on stderr: jest repeats an error of beforeAll
   *   for each test
   */
  async start(): Promise<CommandResult> {
    const engine = this.engine === "argocd" ? [] : ["--gitops", this.engine];
    const result = await this.command(["start", "--checkout", this.checkout.directory, ...engine]);
    if (result.exitCode === 0) return result;
    process.stderr.write(`\nnpm start failed:\n${result.all}\n${await this.logs()}\n`);
    throw new Error(`npm start failed with exit code ${result.exitCode}; its output is above`);
  }

  async stop(options: { readonly purge?: boolean } = {}): Promise<CommandResult> {
    const result = await this.command([
      "stop",
      "--checkout",
      this.checkout.directory,
      ...(options.purge === true ? ["--purge"] : []),
    ]);
    if (result.exitCode === 0) return result;
    throw new Error(`npm stop failed:\n${result.all}`);
  }

  /** For afterAll, whatever the tests did. */
  async remove(): Promise<void> {
    await this.stop({ purge: true });
    await rm(this.folder, { recursive: true, force: true });
  }

  /** Runs `local/main.ts` as the scripts of package.json do. A kill of this process ends the command too. */
  command(args: readonly string[]): Promise<CommandResult> {
    return run(process.execPath, ["--import", "tsx", "local/main.ts", ...args], {
      cwd: this.project,
      env: { GITOPS_LOCAL_DIR: this.layout.directory },
    });
  }

  /**
   * The `gitops` command against this platform and its Git host, in the checkout.
   * @param person who runs it
   * @param wait whether a push waits for the applications, as it does for people
   */
  gitops(args: readonly string[], person?: Person, wait = true): Promise<CommandResult> {
    const { name, email } = person ?? { name: "Test", email: "test@example.com" };
    return run(
      process.execPath,
      [join(this.project, "cli/bin/gitops.mjs"), ...args, `--local=${this.layout.directory}`],
      {
        cwd: this.checkout.directory,
        env: { GIT_AUTHOR_NAME: name, GIT_AUTHOR_EMAIL: email, ...(wait ? {} : { GITOPS_PUSH_WAIT: "0" }) },
      },
    );
  }

  /** The platform's own kubectl, as the administrator or with the kubeconfig of somebody else. */
  kubectl(args: readonly string[], kubeconfig?: string): Promise<CommandResult> {
    const as = kubeconfig === undefined ? [] : ["--kubeconfig", kubeconfig];
    return run(join(this.layout.bin, "kubectl"), [...as, ...args]);
  }

  /** The platform's own argocd with one of its accounts. */
  argocd(account: "viewer" | "deployer" | "administrator", ...args: readonly string[]): Promise<CommandResult> {
    return run(argocdCommand(this.layout), ["--argocd-context", account, ...args]);
  }

  /** An administrator's access; closed by the caller. */
  client(): RestClient {
    return restClient(this.layout.kubeconfig);
  }

  /** A person with a certificate of these groups. @returns the path of the kubeconfig */
  async user(name: string, groups: readonly string[]): Promise<string> {
    const path = join(this.folder, `${name}.kubeconfig`);
    await userKubeconfig(this.layout, { path, name, groups });
    return path;
  }

  async applications(): Promise<readonly ApplicationSummary[]> {
    const client = this.client();
    try {
      return await readApplications(this.engine, client);
    } finally {
      client.close();
    }
  }

  /** Waits until the predicate holds for all Applications. @throws after two minutes, naming each that is not well */
  until(predicate: (all: readonly ApplicationSummary[]) => boolean): Promise<readonly ApplicationSummary[]> {
    return waitForApplications(this.engine, this.layout.kubeconfig, predicate, { timeoutSeconds: 120 });
  }

  /** Waits until the predicate holds for one Application. */
  async untilOne(name: string, predicate: (one: ApplicationSummary) => boolean): Promise<ApplicationSummary> {
    const find = (all: readonly ApplicationSummary[]) => all.find((one) => one.name === name && predicate(one));
    return find(await this.until((all) => find(all) !== undefined)) as ApplicationSummary;
  }

  /** The last lines of every log, for a person who looks into a failure. */
  async logs(): Promise<string> {
    const parts = (await listProcesses(this.layout)).map(async ({ name, alive }) => {
      const lines = await logTail(this.layout, name, 5);
      return [`--- ${name}${alive ? "" : " (dead)"}`, ...lines.map((line) => line.slice(0, 300))].join("\n");
    });
    return (await Promise.all(parts)).join("\n");
  }
}

/** The variables that npm and jest set are left out: commands run as from a terminal. */
async function run(
  file: string,
  args: readonly string[],
  { cwd = projectDirectory, env = {} }: { readonly cwd?: string; readonly env?: Record<string, string> } = {},
): Promise<CommandResult> {
  const result = await execa(file, args, {
    cwd,
    env: { NODE_OPTIONS: "", NO_COLOR: "1", ...env },
    reject: false,
    all: true,
    stdin: "ignore",
  });
  return { exitCode: result.exitCode, stdout: result.stdout, all: result.all };
}
