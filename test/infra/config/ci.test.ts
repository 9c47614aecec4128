import { describe, expect, test } from "@jest/globals";

import { tektonGiven } from "../ci/tekton-config.ts";

import { parsed, problemsWith } from "./happy-path.ts";

const [source] = tektonGiven.sources;
const withSource = (changes: object) => ({ ci: { ...tektonGiven, sources: [{ ...source, ...changes }] } });

describe("ci", () => {
  test("fills in what Tekton does not need to be told", () => {
    expect(parsed({ ci: tektonGiven }).ci).toMatchObject({
      secrets: { webhook: "github-webhook", webhookKey: "secret", git: "git-credentials" },
      sources: [{ context: "." }],
      storage: "2Gi",
      keep: 20,
    });
    expect(parsed({ ci: { kind: "jenkins-x" } }).ci).toEqual({ kind: "jenkins-x", pollSeconds: 30 });
  });

  test.each([
    [
      "a kind that is none",
      { ci: { kind: "jenkins" } },
      [/^ci\.kind: "jenkins" .*"github-actions", "tekton", "jenkins-x"/],
    ],
    ["an image that can move", { ci: { ...tektonGiven, image: "ghcr.io/example/ci:1" } }, [/^ci\.image: .*@sha256:/]],
    ["a key that lies in a file", { ci: { ...tektonGiven, key: "cosign.key" } }, [/^ci\.key: .*awskms:/]],
    ["an option of another kind", { ci: { kind: "jenkins-x", owner: "example" } }, [/^ci\.owner: unknown key/]],
    ["a folder outside of the sources", withSource({ context: "../other" }), [/^ci\.sources\[0\]\.context: .*\.\./]],
    [
      "an environment of another stack",
      withSource({ environment: "prod" }),
      [/^ci\.sources\[0\]\.environment: "prod" is not served by this stack; allowed: dev; /],
    ],
  ])("refuses %s", (_what, changes, problems) => {
    expect(problemsWith(changes)).toEqual(problems.map((problem) => expect.stringMatching(problem)));
  });

  test.each(["ci", "ci-webhooks", "tekton-pipelines", "jx-git-operator"])("keeps workloads out of %s", (namespace) => {
    expect(problemsWith({ delivery: { dev: { namespace } } })).toEqual([
      expect.stringMatching(/belongs to the cluster or to a controller/),
    ]);
  });
});
