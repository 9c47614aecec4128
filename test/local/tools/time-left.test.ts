import { describe, expect, test } from "@jest/globals";

import { platformTools } from "../../../local/commands/tool-list.ts";
import { describeEvent } from "../../../local/tools/describe-event.ts";
import { toolSpec } from "../../../local/tools/manifest.ts";
import type { ToolFolder } from "../../../local/tools/manifest.ts";
import { TimeLeft } from "../../../local/tools/time-left.ts";

const seconds = (folder: ToolFolder): number => toolSpec(folder).coldBuildSeconds;

describe("the time left", () => {
  test("is the sum of the measured builds at first, and leaves five minutes of a first start's half hour to the rest", () => {
    const sum = platformTools.reduce((total, folder) => total + seconds(folder), 0);
    expect(new TimeLeft(platformTools).remaining()).toBe(sum);
    expect(sum).toBeLessThan(25 * 60);
  });

  test("goes down to zero", () => {
    const left = new TimeLeft(["etcd", "helm"]);
    left.skip("etcd");
    expect(left.remaining()).toBe(seconds("helm"));
    left.built("helm", 1);
    expect(left.remaining()).toBe(0);
  });

  test("follows the pace of the machine", () => {
    const left = new TimeLeft(["kubernetes", "argocd"]);
    left.built("kubernetes", seconds("kubernetes") * 3);
    expect(left.remaining()).toBeGreaterThan(seconds("argocd") * 2);
    expect(left.remaining()).toBeLessThan(seconds("argocd") * 3);
  });

  test("is told in minutes and seconds", () => {
    const of = { folder: "etcd", version: "v3.6.5" } as const;
    const building = { ...of, kind: "building", expectedSeconds: 22, remainingSeconds: 640, log: "/log" } as const;
    expect(describeEvent(building)).toBe("etcd v3.6.5: building, about 0:22 (all tools: 10:40)");
    const built = { ...of, kind: "built", seconds: 65.2, remainingSeconds: 0 } as const;
    expect(describeEvent(built)).toBe("etcd v3.6.5: built in 1:05");
    expect(describeEvent({ ...built, remainingSeconds: 61 })).toBe("etcd v3.6.5: built in 1:05 (left: 1:01)");
    expect(describeEvent({ ...of, kind: "found", where: "path" })).toBe("etcd v3.6.5: found on PATH");
  });
});
