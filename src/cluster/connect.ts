import { request as requestHttp } from 'node:http';
import { Agent, type RequestOptions, request as requestHttps } from 'node:https';
import { KubeConfig } from '@kubernetes/client-node';
import { messageOf, StreamGateError } from '../base/index.ts';
import { openPortForward } from './port-forward.ts';
import type { ApiRequest, ApiResponse, Transport } from './transport.ts';

/** Where the credentials come from; the first that is given counts. */
export interface KubeconfigSource {
  /** The kubeconfig itself. */
  readonly content?: string | undefined;
  /** Path of a kubeconfig file. */
  readonly file?: string | undefined;
  /** Context to use instead of the file's current one. */
  readonly context?: string | undefined;
}

/** Reads the kubeconfig: as given, else `$KUBECONFIG`, `~/.kube/config`, or the service account of a pod. */
export function connect(source: KubeconfigSource): Transport {
  const config = loadConfig(source);
  const cluster = config.getCurrentCluster();
  if (cluster === null) {
    throw new StreamGateError('Usage', 'The kubeconfig names no cluster to talk to', {
      remedy: 'Give `kubeconfig` (a file or its content), set KUBECONFIG, or choose a `context` that exists.',
    });
  }
  const server = new URL(cluster.server);
  const agents = createAgents(config, cluster.proxyUrl !== undefined);
  return {
    name: `${server.origin} (context ${config.getCurrentContext() || 'none'})`,
    send: async (request) => sendRequest(server, await agents(), request),
    portForward: (namespace, pod, port) => openPortForward(config, namespace, pod, port),
  };
}

function loadConfig({ content, file, context }: KubeconfigSource): KubeConfig {
  const config = new KubeConfig();
  try {
    if (content !== undefined) config.loadFromString(content);
    else if (file !== undefined) config.loadFromFile(file);
    else config.loadFromDefault();
  } catch (cause) {
    throw new StreamGateError('Usage', `The kubeconfig cannot be read: ${messageOf(cause)}`, {
      cause,
      remedy: 'Check that it is a whole kubeconfig file (`kubectl --kubeconfig FILE config view`).',
    });
  }
  if (context !== undefined) {
    const names = config.getContexts().map(({ name }) => name);
    if (!names.includes(context)) {
      throw new StreamGateError('Usage', `The kubeconfig has no context ${context}`, {
        remedy: `It has: ${names.join(', ') || 'none'}.`,
      });
    }
    config.setCurrentContext(context);
  }
  return config;
}

/**
 * Credentials are asked for anew with every request, since exec plugins and token files renew them; the agent, and with
 * it the connections, is kept as long as what it was made of stays the same.
 */
function createAgents(config: KubeConfig, proxied: boolean): () => Promise<RequestOptions> {
  let kept: { readonly key: string; readonly agent: Agent } | undefined;
  return async () => {
    const options: RequestOptions = {};
    await config.applyToHTTPSOptions(options);
    // The library knows proxies; without one, our own agent keeps connections open.
    if (proxied) return options;
    const { ca, cert, key, pfx, passphrase, servername, rejectUnauthorized } = options;
    const identity = [ca, cert, key, pfx, passphrase, servername, rejectUnauthorized].map(String).join('\n');
    if (kept?.key !== identity) {
      const settings = Object.entries({ ca, cert, key, pfx, passphrase, servername, rejectUnauthorized });
      const given = Object.fromEntries(settings.filter(([, value]) => value !== undefined));
      kept = { key: identity, agent: new Agent({ keepAlive: true, ...given }) };
    }
    return { ...options, agent: kept.agent };
  };
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
    outgoing.end(request.body);
  });
}

function lengthOf(body: string | undefined): Record<string, string> {
  return body === undefined ? {} : { 'content-length': String(Buffer.byteLength(body)) };
}
