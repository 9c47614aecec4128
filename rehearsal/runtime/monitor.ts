import provider from "@pulumi/pulumi/proto/provider_pb.js";
import resources from "@pulumi/pulumi/proto/resource_pb.js";
import type {
  ReadResourceRequest,
  RegisterResourceOutputsRequest,
  RegisterResourceRequest,
  ResourceCallRequest,
  ResourceInvokeRequest,
  SupportsFeatureRequest,
} from "@pulumi/pulumi/proto/resource_pb.js";
import { MockMonitor } from "@pulumi/pulumi/runtime/mocks.js";
import { serializeProperties } from "@pulumi/pulumi/runtime/rpc.js";
import struct from "google-protobuf/google/protobuf/struct_pb.js";

import { RehearsalError } from "../errors.ts";

import type { Backend } from "./backend.ts";
import { fromRead, fromRegistration, type RecordedResource } from "./recorded-resource.ts";
import { Requests, type Callback } from "./requests.ts";
import { isStack, makeUrn } from "./urn.ts";
import { fromWire, toWire, type PlainProperties } from "./wire.ts";

type Wire = Parameters<typeof struct.Struct.fromJavaScript>[0];

/** Features that need a callback server, which a mock monitor does not have; the SDK then refuses them by name. */
const unsupportedFeatures = new Set(["transforms", "invokeTransforms", "resourceHooks", "errorHooks"]);

/**
 * Pulumi's mock monitor, with whole registrations (parent, dependencies, provider, options) given to a backend.
 */
export class RehearsalMonitor extends MockMonitor {
  readonly records = new Map<string, RecordedResource>();
  readonly requests = new Requests();
  outputs: PlainProperties = { properties: {}, secrets: [], unknowns: [] };
  private readonly stack: string;
  private readonly project: string;
  private readonly backend: Backend;

  constructor(stack: string, project: string, backend: Backend) {
    const unused = (): never => {
      throw new RehearsalError("the mocks of the monitor are not used");
    };
    super({ call: unused, newResource: unused });
    this.stack = stack;
    this.project = project;
    this.backend = backend;
  }

  override registerResource(request: RegisterResourceRequest, callback: Callback): Promise<void> {
    return this.requests.answer(callback, async () => {
      const urn = makeUrn(this.stack, this.project, request.getParent(), request.getType(), request.getName());
      const resource = this.keep(fromRegistration(urn, request, this.records.get(request.getParent())));
      const response = new resources.RegisterResourceResponse();
      response.setUrn(urn);
      const { id, outputs } = await this.backend.register(resource);
      response.setId(id ?? "");
      // What a local component returns is its own business: it says so with registerOutputs.
      const state = await this.remember(resource, id, outputs);
      response.setObject(resource.kind === "component" ? request.getObject() : state);
      return response;
    });
  }

  override readResource(request: ReadResourceRequest, callback: Callback): Promise<void> {
    return this.requests.answer(callback, async () => {
      const urn = makeUrn(this.stack, this.project, request.getParent(), request.getType(), request.getName());
      const resource = this.keep(fromRead(urn, request));
      const { outputs } = await this.backend.register(resource);
      const response = new resources.ReadResourceResponse();
      response.setUrn(urn);
      response.setProperties(await this.remember(resource, request.getId(), outputs));
      return response;
    });
  }

  override invoke(request: ResourceInvokeRequest, callback: Callback): Promise<void> {
    if (request.getTok() === "pulumi:pulumi:getResource") return super.invoke(request, callback);
    return this.requests.answer(callback, async () => {
      const response = new provider.InvokeResponse();
      response.setReturn(await this.ask(request));
      return response;
    });
  }

  /** Methods of remote components; the mock monitor has none. */
  call(request: ResourceCallRequest, callback: Callback): Promise<void> {
    return this.requests.answer(callback, async () => {
      const response = new provider.CallResponse();
      response.setReturn(await this.ask(request));
      return response;
    });
  }

  override registerResourceOutputs(request: RegisterResourceOutputsRequest, callback: Callback): void {
    const resource = this.records.get(request.getUrn());
    if (resource !== undefined && isStack(resource.type)) {
      this.outputs = fromWire(request.getOutputs()?.toJavaScript() ?? {});
    }
    callback(null, {});
  }

  override supportsFeature(request: SupportsFeatureRequest, callback: Callback): void {
    if (unsupportedFeatures.has(request.getId())) callback(null, { getHassupport: () => false });
    else super.supportsFeature(request, callback);
  }

  private keep(resource: RecordedResource): RecordedResource {
    if (this.records.has(resource.urn)) {
      throw new RehearsalError(`two resources have the URN "${resource.urn}"; give one of them another name`);
    }
    this.records.set(resource.urn, resource);
    return resource;
  }

  /** Keeps what `get` by URN (a deserialized resource reference) will ask for, and keeps secrets secret. */
  private async remember({ urn, secretInputs }: RecordedResource, id: string | undefined, outputs: object) {
    const state = toWire((await serializeProperties("", { ...outputs })) as Wire, secretInputs);
    this.resources.set(urn, { urn, id: id ?? null, state });
    return struct.Struct.fromJavaScript(state as Wire);
  }

  private async ask(request: ResourceInvokeRequest | ResourceCallRequest): Promise<struct.Struct> {
    const { properties: inputs } = fromWire(request.getArgs()?.toJavaScript() ?? {});
    const invocation = { token: request.getTok(), inputs, provider: request.getProvider() || undefined };
    const result = await this.backend.invoke(invocation);
    return struct.Struct.fromJavaScript((await serializeProperties("", { ...result })) as Wire);
  }
}
