import type { Policy } from "@pulumi/policy";
import type rpc from "@pulumi/pulumi/proto/analyzer_grpc_pb.js";
import analyzer from "@pulumi/pulumi/proto/analyzer_pb.js";
import empty from "google-protobuf/google/protobuf/empty_pb.js";

import { reconcile } from "../configuration.ts";

import type { Analysis, AnalyzeInput, Remediation, Violation } from "./analysis.ts";
import { analyzeRequest, configureRequest, levelName, providerUrn, severityName, stackRequest } from "./requests.ts";
import type { AnalyzedResource } from "./requests.ts";
import { call } from "./unary-call.ts";

/** In the order of the engine (pulumi/pulumi, pkg/resource/deploy/step_generator.go): remediate, analyze, then the stack. */
export async function judge(client: rpc.AnalyzerClient, { recording, packConfig }: AnalyzeInput): Promise<Analysis> {
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
  violations.push(...response.getDiagnosticsList().map((found) => violation(found, stackUrn(recording.config))));
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

function violation(found: analyzer.AnalyzeDiagnostic, urn: string): Violation {
  return {
    policy: found.getPolicyname(),
    level: levelName(found.getEnforcementlevel()),
    urn: found.getUrn() || urn,
    message: found.getMessage(),
    severity: severityName(found.getSeverity()),
  };
}

/** The resource that the engine makes for the stack itself, and blames for what concerns the whole of it. */
function stackUrn({ stack, project: { name } }: AnalyzeInput["recording"]["config"]): string {
  return `urn:pulumi:${stack}::${name}::pulumi:pulumi:Stack::${name}-${stack}`;
}
