import type { ClientRequest } from 'node:http';
import { Agent, request as send } from 'node:https';
import { KubeConfig } from '@kubernetes/client-node';
import { jsonOrText } from './json-or-text.ts';

export interface WireRequest {
  readonly method: string;
  readonly path: string;
  readonly headers?: Readonly<Record<string, string>>;
  readonly body?: string;
}

export interface WireAnswer {
  readonly status: number;
  readonly body: unknown;
}

/** Speaks to whatever the kubeconfig's current context names, with the credentials that it holds. */
export async function connectTo(kubeconfig: string) {
  const config = new KubeConfig();
  config.loadFromString(kubeconfig);
  const server = config.getCurrentCluster()?.server ?? '';
  const options: { headers?: Record<string, string> } & Record<string, unknown> = {};
  await config.applyToHTTPSOptions(options);
  const { headers: credentials = {}, ...tls } = options;
  const agent = new Agent({ ...tls, keepAlive: true });
  return {
    config,
    ask: ({ method, path, headers, body }: WireRequest): Promise<WireAnswer> =>
      new Promise((resolve, reject) => {
        const length = body === undefined ? {} : { 'content-length': String(Buffer.byteLength(body)) };
        const request = send(
          new URL(path, server),
          { ...tls, method, agent, headers: { ...credentials, ...headers, ...length } },
          (response) => {
            let text = '';
            response.setEncoding('utf8');
            response.on('data', (chunk: string) => {
              text += chunk;
            });
            response.on('error', reject);
            response.on('end', () => resolve({ status: response.statusCode ?? 0, body: jsonOrText(text) }));
          },
        );
        request.on('error', reject);
        request.end(body);
      }),
    /** A request on a connection of its own, for answers that go on and for upgrades. */
    begin: ({ method, path, headers }: WireRequest): ClientRequest =>
      send(new URL(path, server), { ...tls, method, agent: false, headers: { ...credentials, ...headers } }),
    close: () => agent.destroy(),
  };
}
