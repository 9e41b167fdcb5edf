import { request as requestHttp } from 'node:http';
import { type RequestOptions, request as requestHttps } from 'node:https';
import { messageOf } from '../base/index.ts';
import { type Credentials, openCredentials } from './credentials.ts';
import { endOfCredentials } from './credentials-end.ts';
import type { KubeconfigSource } from './kubeconfig.ts';
import { openPortForward } from './port-forward.ts';
import type { ApiRequest, ApiResponse, Transport } from './transport.ts';

/** The way to the cluster that the kubeconfig names. */
export function connect(source: KubeconfigSource): Transport {
  const credentials = openCredentials(source);
  const { config, server } = credentials.current();
  return {
    name: `${server.origin} (context ${config.getCurrentContext() || 'none'})`,
    async send(request) {
      const used = credentials.current();
      const response = await sendRequest(used.server, await inTime(used, request), request);
      if (response.status !== 401) return response;
      for await (const _ of response.body);
      // Expired: a plugin, or whoever writes the file, may have newer ones by now.
      const renewed = credentials.renew(used);
      return sendRequest(renewed.server, await inTime(renewed, request), request);
    },
    portForward: (namespace, pod, port) => openPortForward(credentials, namespace, pod, port),
    credentialsEnd: () => endOfCredentials(credentials.current()),
  };
}

/** A plugin that waits for somebody to log in would else hold the run up for ever, since no request is sent that could end. */
function inTime(credentials: Credentials, { signal }: ApiRequest): Promise<RequestOptions> {
  const options = credentials.options();
  if (signal === undefined) return options;
  return new Promise((resolve, reject) => {
    const plugin = credentials.config.getCurrentUser()?.exec?.command;
    const source = plugin === undefined ? 'their source' : `the plugin ${plugin}`;
    const giveUp = () => {
      const why = `the kubeconfig takes its credentials from ${source}, which has not given any: ${messageOf(signal.reason)}`;
      reject(new Error(why));
    };
    if (signal.aborted) giveUp();
    else signal.addEventListener('abort', giveUp, { once: true });
    options.then(resolve, reject).finally(() => signal.removeEventListener('abort', giveUp));
  });
}

function sendRequest(server: URL, credentials: RequestOptions, request: ApiRequest): Promise<ApiResponse> {
  const prefix = server.pathname.replace(/\/$/, '');
  const options: RequestOptions = {
    ...credentials,
    method: request.method,
    hostname: server.hostname.replace(/^\[|\]$/g, ''),
    port: server.port || (server.protocol === 'http:' ? 80 : 443),
    path: prefix + request.path,
    headers: { ...credentials.headers, ...request.headers, ...lengthOf(request.body) },
    ...(request.signal === undefined ? {} : { signal: request.signal }),
  };
  const open = server.protocol === 'http:' ? requestHttp : requestHttps;
  return new Promise((resolve, reject) => {
    const outgoing = open(options, (incoming) => {
      incoming.setEncoding('utf8');
      const headers = Object.entries(incoming.headers).map(([name, value]) => [name, String(value)]);
      resolve({ status: incoming.statusCode ?? 0, headers: Object.fromEntries(headers), body: incoming });
    });
    outgoing.on('error', reject);
    // Where nobody listens for it, Node lets the connection go without a word, and no signal could end the request then.
    outgoing.on('upgrade', (_message, socket) => {
      socket.destroy();
      reject(new Error('switched protocols without being asked to'));
    });
    outgoing.on('close', () => reject(new Error('the connection ended without an answer')));
    outgoing.end(request.body);
  });
}

function lengthOf(body: string | undefined): Record<string, string> {
  return body === undefined ? {} : { 'content-length': String(Buffer.byteLength(body)) };
}
