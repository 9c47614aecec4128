import { ChannelCredentials } from "@grpc/grpc-js";
import rpc from "@pulumi/pulumi/proto/analyzer_grpc_pb.js";

import type { Analysis, AnalyzeInput } from "./analysis.ts";
import { judge } from "./judge.ts";
import { startPackProcess } from "./pack-process.ts";
import type { PackProcessOptions } from "./pack-process.ts";

/** A running pack that judges one stack after another. */
export interface Analyzer {
  /** @throws PackConfigError for a configuration that the policies do not take; Error for a pack that fails */
  readonly analyze: (input: AnalyzeInput) => Promise<Analysis>;
  readonly close: () => Promise<void>;
}

/** Starts the pack; do it before the program is recorded, so that both start at once. */
export async function startAnalyzer(options: PackProcessOptions = {}): Promise<Analyzer> {
  const pack = await startPackProcess(options);
  const client = new rpc.AnalyzerClient(`127.0.0.1:${pack.port}`, ChannelCredentials.createInsecure(), {
    "grpc.max_receive_message_length": -1,
    "grpc.max_send_message_length": -1,
    // Behind a company's proxy, gRPC would ask that proxy for our own loopback (@grpc/grpc-js, http_proxy.js).
    "grpc.enable_http_proxy": 0,
  });
  // The pack keeps the configuration: stacks take turns.
  let turn: Promise<unknown> = Promise.resolve();
  return {
    analyze: (input) => {
      const analysis = turn.then(() => judge(client, input));
      turn = analysis.catch(() => undefined);
      return analysis;
    },
    close: async () => {
      client.close();
      await pack.stop();
    },
  };
}

/** Starts the pack, judges one stack and ends the pack. */
export async function analyze(input: AnalyzeInput & PackProcessOptions): Promise<Analysis> {
  const started = await startAnalyzer(input);
  try {
    return await started.analyze(input);
  } finally {
    await started.close();
  }
}
