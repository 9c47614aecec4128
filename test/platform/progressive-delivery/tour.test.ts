import { setTimeout } from "node:timers/promises";

import { afterAll, beforeAll, describe, expect, test } from "@jest/globals";
import { execa } from "execa";

import type { ApplicationSummary } from "../../../local/argocd/index.ts";
import type { RestClient } from "../../../local/kubernetes/rest-client.ts";
import { projectDirectory } from "../../../local/layout.ts";
import { trafficBetween, workloadsClient } from "../../../local/workloads/index.ts";
import type { Traffic } from "../../../local/workloads/index.ts";
import { eventually } from "../support/eventually.ts";
import { ThrowAwayPlatform } from "../support/platform.ts";
import { timeouts } from "../support/scenario.ts";

import { differences, steadyFields } from "./steady-fields.ts";
import type { Steady } from "./steady-fields.ts";

/** The whole tour, when others use the machine too. */
const tour = 40 * 60_000;

/** Prod, which the tour does not touch, is watched beside it: five minutes of Argo CD's self-heal, Flagger and KEDA. */
const watched = { namespace: "prod", seconds: 300, every: 10_000 } as const;

let platform: ThrowAwayPlatform;
let ran: readonly { readonly exitCode: number | undefined; readonly all: string }[] = [];
let traffic: Traffic;
let before: Steady;
const flapped = new Set<string>();
const unwell = new Set<string>();

beforeAll(async () => {
  platform = await ThrowAwayPlatform.create();
  await platform.start();
  const client = platform.client();
  const workloads = await workloadsClient(platform.layout);
  const begin = await workloads.traffic();
  // All applications at once: half the time of the whole tour, and the same scenes.
  const demos = Promise.all([
    demo("good-release", "autoscaling", "feature-flag"),
    demo("bad-release", "crashing-release"),
    demo("slow-release"),
  ]);
  try {
    before = await settled(client);
    const end = Date.now() + watched.seconds * 1000;
    // One look after the other, as long as the time that is to be watched: it ends with the clock, whatever is seen.
    while (Date.now() < end) {
      for (const name of differences(before, await steadyFields(client, watched.namespace))) flapped.add(name);
      for (const { name, health } of (await platform.applications()).filter(isWatched)) {
        if (health !== "Healthy") unwell.add(`${name} ${health}`);
      }
      await setTimeout(watched.every);
    }
    ran = await demos;
    traffic = trafficBetween(begin, await workloads.traffic());
  } finally {
    client.close();
  }
}, timeouts.start + tour);

afterAll(() => platform.remove(), timeouts.stop);

/** The fields once autoscalers have brought their first pods: as they were twenty seconds long. @throws after five minutes */
async function settled(client: RestClient): Promise<Steady> {
  const looks: Steady[] = [];
  for (const end = Date.now() + 300_000; Date.now() < end; await setTimeout(watched.every)) {
    looks.unshift(await steadyFields(client, watched.namespace));
    const [now, ...earlier] = looks.slice(0, 3);
    if (now !== undefined && earlier.length === 2 && earlier.every((look) => differences(now, look).length === 0))
      return now;
  }
  throw new Error(`${watched.namespace}: ${differences(looks[0] ?? {}, looks[1] ?? {}).join(", ")} do not settle`);
}

async function demo(...scenes: readonly string[]): Promise<(typeof ran)[number]> {
  const { exitCode, all } = await execa(process.execPath, ["--import", "tsx", "demo/main.ts", ...scenes], {
    cwd: projectDirectory,
    env: { GITOPS_LOCAL_DIR: platform.layout.directory, NODE_OPTIONS: "", NO_COLOR: "1" },
    reject: false,
    all: true,
    stdin: "ignore",
  });
  return { exitCode, all };
}

const said = (): string => ran.map(({ all }) => all).join("\n");

const isWatched = ({ environment }: ApplicationSummary): boolean => environment === watched.namespace;

describe("the tour", () => {
  test("runs through unattended", () => {
    for (const { exitCode, all } of ran) {
      expect({ exitCode, output: exitCode === 0 ? "" : all }).toEqual({ exitCode: 0, output: "" });
    }
    expect(ran).toHaveLength(3);
  });

  test("shows the numbers that Flagger decided on, in its own words", () => {
    expect(said()).toMatch(/Advance app\.dev canary weight 20/);
    expect(said()).toMatch(/Halt core-trading\.dev advancement success rate [\d.]+% < 99%/);
    expect(said()).toMatch(/Halt reporting\.dev advancement request duration [\d.]+\S* > 500ms/);
    expect(said()).toMatch(/Promotion completed! Scaling down app\.dev/);
  });

  test("loses no request of any user, in any environment", () => {
    const failed = traffic.applications.map(({ namespace, application, requests, failures }) => {
      return { application: `${namespace}/${application}`, served: requests > 0, failures };
    });
    expect(failed).toContainEqual({ application: "dev/core-trading", served: true, failures: 0 });
    expect(failed.filter(({ failures }) => failures > 0)).toEqual([]);
  });

  test("sends no user to a release that was refused", () => {
    const { roles } = traffic.applications.find(
      ({ namespace, application }) => namespace === "dev" && application === "core-trading",
    )!;
    expect(roles.canary?.failures ?? 0).toBe(0);
    expect(roles.primary?.requests).toBeGreaterThan(100);
  });

  test("leaves a revert with its reason in Git and a note for each refused release", async () => {
    const log = await execa("git", ["log", "--format=%H%x00%B%x01", "develop"], { cwd: platform.layout.gitRepository });
    const reverts = log.stdout.split("\u0001").filter((commit) => commit.includes("Rolled-back-from:"));
    expect(reverts).toHaveLength(3);
    for (const revert of reverts) {
      const [commit = ""] = revert.trim().split("\0");
      const notes = await execa("git", ["notes", "--ref=deployments", "show", commit], {
        cwd: platform.layout.gitRepository,
      });
      expect(notes.stdout).toContain('"action":"rolled-back"');
    }
  });

  test("leaves the applications as they were", async () => {
    const published = await platform.checkout.head();
    const diff = await execa("git", ["diff", "--stat", published, "develop", "--", "apps"], {
      cwd: platform.layout.gitRepository,
    });
    expect(diff.stdout).toBe("");
    await platform.until((all) =>
      all.filter(({ environment }) => environment === "dev").every(({ health }) => health === "Healthy"),
    );
  });
});

describe(`${watched.seconds / 60} minutes of self-heal, Flagger and KEDA together`, () => {
  test("are watched where all three are at work", () => {
    const kinds = new Set(Object.keys(before).map((name) => name.split(" ")[0]));
    expect([...kinds]).toEqual(
      expect.arrayContaining([
        "Deployment",
        "Service",
        "Canary",
        "ScaledObject",
        "HorizontalPodAutoscaler",
        "HTTPRoute",
      ]),
    );
  });

  test("change no field and no owner of one", () => {
    expect([...flapped]).toEqual([]);
  });

  test("leave every application Healthy, though Flagger has paused ScaledObjects in them", async () => {
    expect([...unwell]).toEqual([]);
    expect(before["ScaledObject app"]).toContain("autoscaling.keda.sh/paused");
    await platform.until((all) => all.filter(isWatched).every(({ health }) => health === "Healthy"));
  });
});

describe("without Prometheus", () => {
  test(
    "KEDA holds the number of pods that the fallback names, and takes it back when the metrics are back",
    async () => {
      const { stdout } = await platform.command(["status", "--json"]);
      const { processes } = JSON.parse(stdout) as { readonly processes: readonly { name: string; pid: number }[] };
      const prometheus = processes.find(({ name }) => name === "prometheus");
      expect(prometheus).toBeDefined();
      process.kill(prometheus!.pid, "SIGKILL");
      const replicas = async (): Promise<number> => {
        const path = ["get", "deployment", "app-primary", "--namespace", "dev", "--output=jsonpath={.spec.replicas}"];
        return Number((await platform.kubectl(path)).stdout);
      };
      await eventually(async () => expect(await replicas()).toBe(2));
      await platform.start();
      await eventually(async () => {
        const condition = "--output=jsonpath={.status.conditions[?(@.type=='Fallback')].status}";
        const scaled = ["get", "scaledobject", "app-primary", "--namespace", "dev", condition];
        expect((await platform.kubectl(scaled)).stdout).toBe("False");
      });
    },
    timeouts.scenario + timeouts.start,
  );
});
