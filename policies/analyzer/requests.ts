import analyzer from "@pulumi/pulumi/proto/analyzer_pb.js";
import protobuf, { type JavaScriptValue, type Struct } from "google-protobuf/google/protobuf/struct_pb.js";

import type { RecordedResource } from "../../rehearsal/index.ts";
import type { PolicyConfig } from "../configuration.ts";

/** The parts of a recorded resource that policies see. */
export type AnalyzedResource = Pick<
  RecordedResource,
  | "urn"
  | "type"
  | "name"
  | "inputs"
  | "parent"
  | "provider"
  | "dependencies"
  | "propertyDependencies"
  | "protect"
  | "ignoreChanges"
>;

const levels = {
  advisory: analyzer.EnforcementLevel.ADVISORY,
  mandatory: analyzer.EnforcementLevel.MANDATORY,
  disabled: analyzer.EnforcementLevel.DISABLED,
  remediate: analyzer.EnforcementLevel.REMEDIATE,
} as const;

const severities = [undefined, "low", "medium", "high", "critical"] as const;

export function levelName(level: number): keyof typeof levels {
  return (Object.keys(levels) as (keyof typeof levels)[]).find((name) => Number(levels[name]) === level) ?? "advisory";
}

export function severityName(severity: number): (typeof severities)[number] {
  return severities[severity];
}

/** Properties as the protocol carries them; unknown values travel as Pulumi's marker, as in a preview. */
export function struct(properties: Readonly<Record<string, unknown>>): Struct {
  return protobuf.Struct.fromJavaScript(properties as Readonly<Record<string, JavaScriptValue>>);
}

/** `<urn>::<id>` of a resource's provider without the id. */
export function providerUrn({ provider }: AnalyzedResource): string | undefined {
  return provider?.slice(0, provider.lastIndexOf("::"));
}

function options(resource: AnalyzedResource): analyzer.AnalyzerResourceOptions {
  const request = new analyzer.AnalyzerResourceOptions();
  request.setProtect(resource.protect);
  request.setIgnorechangesList([...resource.ignoreChanges]);
  request.setParent(resource.parent ?? "");
  return request;
}

function providerOf(provider: AnalyzedResource | undefined): analyzer.AnalyzerProviderResource | undefined {
  if (provider === undefined) return undefined;
  const request = new analyzer.AnalyzerProviderResource();
  request.setType(provider.type);
  request.setUrn(provider.urn);
  request.setName(provider.name);
  request.setProperties(struct(provider.inputs));
  return request;
}

export function analyzeRequest(
  resource: AnalyzedResource,
  provider: AnalyzedResource | undefined,
): analyzer.AnalyzeRequest {
  const request = new analyzer.AnalyzeRequest();
  request.setType(resource.type);
  request.setUrn(resource.urn);
  request.setName(resource.name);
  request.setProperties(struct(resource.inputs));
  request.setOptions(options(resource));
  request.setProvider(providerOf(provider));
  return request;
}

export function stackRequest(
  resources: readonly AnalyzedResource[],
  provider: (resource: AnalyzedResource) => AnalyzedResource | undefined,
): analyzer.AnalyzeStackRequest {
  const request = new analyzer.AnalyzeStackRequest();
  request.setResourcesList(
    resources.map((resource) => {
      const member = new analyzer.AnalyzerResource();
      member.setType(resource.type);
      member.setUrn(resource.urn);
      member.setName(resource.name);
      member.setProperties(struct(resource.inputs));
      member.setOptions(options(resource));
      member.setProvider(providerOf(provider(resource)));
      member.setParent(resource.parent ?? "");
      member.setDependenciesList([...resource.dependencies]);
      for (const [property, urns] of Object.entries(resource.propertyDependencies)) {
        const dependencies = new analyzer.AnalyzerPropertyDependencies();
        dependencies.setUrnsList([...urns]);
        member.getPropertydependenciesMap().set(property, dependencies);
      }
      return member;
    }),
  );
  return request;
}

export function configureRequest(configs: ReadonlyMap<string, PolicyConfig>): analyzer.ConfigureAnalyzerRequest {
  const request = new analyzer.ConfigureAnalyzerRequest();
  for (const [name, { level, settings }] of configs) {
    const config = new analyzer.PolicyConfig();
    config.setEnforcementlevel(levels[level]);
    config.setProperties(struct(settings));
    request.getPolicyconfigMap().set(name, config);
  }
  return request;
}
