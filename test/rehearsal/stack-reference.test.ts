import { join } from "node:path";

import { describe, expect, jest, test } from "@jest/globals";
import { ConfigMap } from "@pulumi/kubernetes/core/v1/configMap.js";
import { StackReference } from "@pulumi/pulumi/stackReference.js";

import { record, unknownValue } from "../../rehearsal/index.ts";
import type { RecordOptions } from "../../rehearsal/index.ts";

// A machine that builds at the same time is slow; nothing here measures time.
jest.setTimeout(120_000);

const other = "acme/fixture/other";

/** A ConfigMap of what another stack puts out. */
function program(): void {
  const stack = new StackReference(other);
  const data = { address: stack.requireOutput("address"), token: stack.requireOutput("token") };
  new ConfigMap("copy", { metadata: { name: "copy" }, data });
}

async function copied(options: Partial<RecordOptions>) {
  const project = join(import.meta.dirname, "fixtures", "platform");
  const { resources } = await record({ project, stack: "dev", program, ...options });
  const { inputs, secretInputs, unknownInputs } = resources.find(({ name }) => name === "copy")!;
  return { data: inputs["data"], secretInputs, unknownInputs };
}

describe("a reference to another stack", () => {
  const outputs = { address: "https://example.test", token: "open sesame" };

  test.each([true, false])("has the outputs that are given, secrets as secrets (preview: %s)", async (preview) => {
    const stackOutputs = { [other]: { outputs, secretOutputs: ["token"] } };
    expect(await copied({ preview, stackOutputs })).toEqual({
      data: outputs,
      secretInputs: ["data.token"],
      unknownInputs: [],
    });
  });

  test("has unknown outputs where the caller cannot know them", async () => {
    expect(await copied({ stackOutputs: "unknown" })).toEqual({
      data: { address: unknownValue, token: unknownValue },
      secretInputs: [],
      unknownInputs: ["data.address", "data.token"],
    });
    await expect(copied({ preview: false, stackOutputs: "unknown" })).rejects.toThrow("unknown in a preview alone");
  });

  test.each([{}, { stackOutputs: { "acme/fixture/another": { outputs } } }])(
    "without its outputs says which stack's are missing",
    async (options) => {
      await expect(copied(options)).rejects.toThrow(
        /StackReference::acme\/fixture\/other: the outputs of stack "acme\/fixture\/other" are missing; add them/,
      );
    },
  );
});
