import { ChannelCredentials } from "@grpc/grpc-js";
import type { EnforcementLevel, Policy, Severity } from "@pulumi/policy";
import rpc from "@pulumi/pulumi/proto/analyzer_grpc_pb.js";
import analyzer from "@pulumi/pulumi/proto/analyzer_pb.js";
import empty from "google-protobuf/google/protobuf/empty_pb.js";

import { reconcile } from "../configuration.ts";
import type { PackConfig } from "../configuration.ts";

import { startPackProcess } from "./pack-process.ts";
import type { PackProcessOptions } from "./pack-process.ts";
import { analyzeRequest, configureRequest, levelName, providerUrn, severityName, stackRequest } from "./requests.ts";
import type { AnalyzedResource } from "./requests.ts";
import { call } from "./unary-call.ts";

export type { AnalyzedResource } from "./requests.ts";

/** A policy as the pack describes it, with the level that the configuration gives it. */
export interface PolicyInfo {
  readonly name: string;
  readonly description: string;
  readonly level: EnforcementLevel;
  readonly severity: Severity | undefined;
  readonly remediation: string;
  /** References to frameworks, such as `PCI DSS 8.6.2`. */
  readonly references: readonly string[];
}

/** What a policy has against a resource, or against the stack. */
export interface Violation {
  readonly policy: string;
  readonly level: EnforcementLevel;
  /** Undefined for the stack as a whole. */
  readonly urn: string | undefined;
  /** Description of the policy, then reason and remedy, on lines of their own. */
  readonly message: string;
  readonly severity: Severity | undefined;
}

/** Inputs that a policy of level `remediate` changed; a deployment takes them in place of the program's. */
export interface Remediation {
  readonly policy: string;
  readonly urn: string;
  readonly properties: Readonly<Record<string, unknown>>;
}

export interface Analysis {
  readonly policies: readonly PolicyInfo[];
  readonly violations: readonly Violation[];
  readonly remediations: readonly Remediation[];
}

/** What to judge. */
export interface AnalyzeInput {
  readonly recording: {
    readonly resources: readonly AnalyzedResource[];
    readonly config: { readonly stack: string; readonly project: { readonly name: string } };
  };
  /** Content of policies/config/<stack>.json. */
  readonly packConfig: PackConfig;
}

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
  });
  // The pack keeps the configuration: stacks take turns.
  let turn: Promise<unknown> = Promise.resolve();
  return {
    analyze: (input) => {
      const analysis = turn.then(() => analyzeWith(client, input));
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

/** In the order of the engine (pulumi/pulumi, pkg/resource/deploy/step_generator.go): remediate, analyze, then the stack. */
async function analyzeWith(client: rpc.AnalyzerClient, { recording, packConfig }: AnalyzeInput): Promise<Analysis> {
  const stack = new analyzer.AnalyzerStackConfigureRequest();
  stack.setStack(recording.config.stack);
  stack.setProject(recording.config.project.name);
  stack.setDryRun(true);
  const [info] = await Promise.all([
    call<empty.Empty, analyzer.AnalyzerInfo>(client, "getAnalyzerInfo", new empty.Empty()),
    call(client, "configureStack", stack),
  ]);
  const described = info.getPoliciesList().map(describe);
  const configs = reconcile(described, packConfig);
  await call(client, "configure", configureRequest(configs));

  const byUrn = new Map(recording.resources.map((resource) => [resource.urn, resource]));
  const provider = (resource: AnalyzedResource) => byUrn.get(providerUrn(resource) ?? "");
  const remediations: Remediation[] = [];
  const violations: Violation[] = [];
  const remediating = [...configs.values()].some(({ level }) => level === "remediate");
  const judged = await Promise.all(
    recording.resources.map(async (resource) => {
      const request = analyzeRequest(resource, provider(resource));
      if (remediating) remediations.push(...(await remediate(client, resource, request)));
      const response = await call<analyzer.AnalyzeRequest, analyzer.AnalyzeResponse>(client, "analyze", request);
      return response.getDiagnosticsList().map((found) => violation(found, resource.urn));
    }),
  );
  violations.push(...judged.flat());
  const whole = stackRequest(recording.resources, provider);
  const response = await call<analyzer.AnalyzeStackRequest, analyzer.AnalyzeResponse>(client, "analyzeStack", whole);
  violations.push(...response.getDiagnosticsList().map((found) => violation(found, undefined)));
  return {
    policies: info.getPoliciesList().map((policy) => ({
      name: policy.getName(),
      description: policy.getDescription(),
      level: configs.get(policy.getName())?.level ?? levelName(policy.getEnforcementlevel()),
      severity: severityName(policy.getSeverity()),
      remediation: policy.getRemediationSteps(),
      references: policy.getTagsList(),
    })),
    violations,
    remediations,
  };
}

/** Runs the remediations of a resource and puts their result into the request that follows. */
async function remediate(
  client: rpc.AnalyzerClient,
  resource: AnalyzedResource,
  request: analyzer.AnalyzeRequest,
): Promise<readonly Remediation[]> {
  const response = await call<analyzer.AnalyzeRequest, analyzer.RemediateResponse>(client, "remediate", request);
  return response.getRemediationsList().flatMap((done) => {
    const properties = done.getProperties();
    // Without properties it is a remark that the remediation could not run.
    if (properties === undefined || done.getDiagnostic() !== "") return [];
    request.setProperties(properties);
    return [{ policy: done.getPolicyname(), urn: resource.urn, properties: properties.toJavaScript() }];
  });
}

function describe(policy: analyzer.PolicyInfo): Policy {
  const properties = policy.getConfigschema()?.getProperties()?.toJavaScript() ?? {};
  return {
    name: policy.getName(),
    description: policy.getDescription(),
    enforcementLevel: levelName(policy.getEnforcementlevel()),
    configSchema: { properties: properties as NonNullable<Policy["configSchema"]>["properties"] },
  };
}

function violation(found: analyzer.AnalyzeDiagnostic, urn: string | undefined): Violation {
  return {
    policy: found.getPolicyname(),
    level: levelName(found.getEnforcementlevel()),
    urn: found.getUrn() || urn,
    message: found.getMessage(),
    severity: severityName(found.getSeverity()),
  };
}
