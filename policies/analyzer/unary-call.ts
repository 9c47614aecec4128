import type { Client, ServiceError } from "@grpc/grpc-js";

type Method = (request: unknown, callback: (error: ServiceError | null, response: unknown) => void) => unknown;

/**
 * One call of the Analyzer service as a promise.
 * @throws Error that names the call and says what the pack said
 */
export function call<Request, Response>(client: Client, name: string, request: Request): Promise<Response> {
  return new Promise((resolve, reject) => {
    const method = (client as unknown as Readonly<Record<string, Method>>)[name];
    if (method === undefined) throw new Error(`the Analyzer service has no call "${name}"`);
    method.call(client, request, (error, response) => {
      if (error === null) resolve(response as Response);
      else reject(new Error(`the policy pack failed in ${name}: ${error.details}`, { cause: error }));
    });
  });
}
