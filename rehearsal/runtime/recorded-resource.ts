import type { ReadResourceRequest, RegisterResourceRequest } from "@pulumi/pulumi/proto/resource_pb.js";

import { fromWire } from "./wire.ts";

/** One resource as a program declared it. */
export interface RecordedResource {
  readonly urn: string;
  /** The type token, such as `kubernetes:core/v1:Namespace`. */
  readonly type: string;
  /** The logical name. */
  readonly name: string;
  /** `custom`: a provider makes it; `component`: made by this program; `remote`: a component made by a plugin. */
  readonly kind: "custom" | "component" | "remote";
  /** Plain JSON; secrets are unwrapped and unknowns are `unknownValue`, at the paths below. */
  readonly inputs: Readonly<Record<string, unknown>>;
  /** Paths in the inputs whose value is secret. */
  readonly secretInputs: readonly string[];
  /** Paths in the inputs whose value only a deployment knows. */
  readonly unknownInputs: readonly string[];
  /** The parent's URN; undefined for the stack alone. */
  readonly parent?: string | undefined;
  /** URNs of everything this one waits for: `dependsOn` and the resources whose outputs are in its inputs. */
  readonly dependencies: readonly string[];
  /** The same by input, for those that come from an input. */
  readonly propertyDependencies: Readonly<Record<string, readonly string[]>>;
  /** `<urn>::<id>` of an explicit provider. */
  readonly provider?: string | undefined;
  /** Providers handed to a component, by package. */
  readonly providers: Readonly<Record<string, string>>;
  readonly protect: boolean;
  readonly retainOnDelete: boolean;
  /** URN of the resource with which this one disappears. */
  readonly deletedWith?: string | undefined;
  readonly ignoreChanges: readonly string[];
  /** URNs, or specifications of what differs. */
  readonly aliases: readonly (string | Readonly<Record<string, unknown>>)[];
  /** The id of an existing resource that is adopted (`import`) or only read (`get`). */
  readonly existingId?: string | undefined;
  /** True when the program only reads it (`get`). */
  readonly readOnly: boolean;
}

/** The record of a registration. Options that the engine hands down from the parent are handed down here too. */
export function fromRegistration(
  urn: string,
  request: RegisterResourceRequest,
  parent: RecordedResource | undefined,
): RecordedResource {
  const { properties, secrets, unknowns } = fromWire(request.getObject()?.toJavaScript() ?? {});
  const propertyDependencies: Record<string, readonly string[]> = {};
  request.getPropertydependenciesMap().forEach((urns, property) => {
    propertyDependencies[property] = urns.getUrnsList();
  });
  const providers: Record<string, string> = {};
  request.getProvidersMap().forEach((reference, name) => {
    providers[name] = reference;
  });
  return {
    urn,
    type: request.getType(),
    name: request.getName(),
    kind: request.getRemote() ? "remote" : request.getCustom() ? "custom" : "component",
    inputs: properties,
    secretInputs: secrets,
    unknownInputs: unknowns,
    parent: request.getParent() || undefined,
    dependencies: request.getDependenciesList(),
    propertyDependencies,
    provider: request.getProvider() || undefined,
    providers,
    // pulumi/pulumi, pkg/resource/deploy/source_eval.go, inheritFromParent.
    protect: (request.hasProtect() ? request.getProtect() : parent?.protect) ?? false,
    retainOnDelete: (request.hasRetainondelete() ? request.getRetainondelete() : parent?.retainOnDelete) ?? false,
    deletedWith: request.getDeletedwith() || parent?.deletedWith,
    ignoreChanges: request.getIgnorechangesList(),
    aliases: request.getAliasesList().map((alias) => {
      return alias.hasUrn() ? alias.getUrn() : { ...alias.getSpec()?.toObject() };
    }),
    existingId: request.getImportid() || undefined,
    readOnly: false,
  };
}

/** The record of a resource that is only read. */
export function fromRead(urn: string, request: ReadResourceRequest): RecordedResource {
  const { properties, secrets, unknowns } = fromWire(request.getProperties()?.toJavaScript() ?? {});
  return {
    urn,
    type: request.getType(),
    name: request.getName(),
    kind: "custom",
    inputs: properties,
    secretInputs: secrets,
    unknownInputs: unknowns,
    parent: request.getParent() || undefined,
    dependencies: request.getDependenciesList(),
    propertyDependencies: {},
    provider: request.getProvider() || undefined,
    providers: {},
    protect: false,
    retainOnDelete: false,
    ignoreChanges: [],
    aliases: [],
    existingId: request.getId(),
    readOnly: true,
  };
}
