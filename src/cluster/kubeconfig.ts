import { existsSync, readFileSync } from 'node:fs';
import { delimiter, dirname, join, resolve } from 'node:path';
import { KubeConfig } from '@kubernetes/client-node';
import { parse } from 'yaml';
import { at, messageOf, printable, StreamGateError } from '../base/index.ts';
import { proxyFor } from './proxy-for.ts';

/** Where the credentials come from; the first that is given counts. */
export interface KubeconfigSource {
  /** The kubeconfig itself. */
  readonly content?: string | undefined;
  /** Path of a kubeconfig file. */
  readonly file?: string | undefined;
  /** Context to use instead of the file's current one. */
  readonly context?: string | undefined;
  /** For `KUBECONFIG`, `HOME` and the variables that name proxies; none of them counts when left out. */
  readonly environment?: ((name: string) => string | undefined) | undefined;
}

/** A kubeconfig as it was read at one moment. */
export interface Access {
  readonly config: KubeConfig;
  readonly server: URL;
  /** Whether the way leads through a proxy. */
  readonly proxied: boolean;
  /** `tokenFile` of the user: whoever rotates the token writes it there. The library does not know this field. */
  readonly tokenFile: string | undefined;
}

/** Reads the kubeconfig: as given, else `$KUBECONFIG`, `~/.kube/config`, or the service account of a pod. */
export function readAccess(source: KubeconfigSource): Access {
  const config = load(source);
  const cluster = config.getCurrentCluster();
  if (cluster === null) {
    throw new StreamGateError('Usage', 'The kubeconfig names no cluster to talk to', {
      remedy: 'Give `kubeconfig` (a file or its content), set KUBECONFIG, or choose a `context` that exists.',
    });
  }
  const server = serverOf(cluster);
  const proxyUrl = cluster.proxyUrl ?? proxyFor(server, source.environment ?? (() => undefined));
  config.clusters = config.clusters.map((one) =>
    one.name === cluster.name && proxyUrl !== undefined ? { ...one, proxyUrl } : one,
  );
  return { config, server, proxied: proxyUrl !== undefined, tokenFile: tokenFileOf(config, source) };
}

function load({ content, file, context }: KubeconfigSource): KubeConfig {
  const config = new KubeConfig();
  try {
    if (content !== undefined) config.loadFromString(content);
    else if (file !== undefined) config.loadFromFile(file);
    else config.loadFromDefault();
  } catch (cause) {
    throw unreadable(cause);
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

/** What is longer may be the content, which has its place in `kubeconfig`, and must not be repeated. */
const longestPath = 255;

function unreadable(cause: unknown): StreamGateError {
  // The parser quotes the lines around a mistake, and those may hold a token: its first line says where it is.
  const [first = ''] = messageOf(cause).split('\n');
  const [code, path] = [at(cause, 'code'), at(cause, 'path')];
  const isLong = typeof path === 'string' && path.length > longestPath;
  const why = isLong ? `${String(code)} at a path of ${path.length} characters` : first.replace(/:$/, '');
  return new StreamGateError('Usage', `The kubeconfig cannot be read: ${why}`, {
    cause,
    remedy:
      isLong || code === 'ENOENT'
        ? 'Correct its path, in `kubeconfig` or $KUBECONFIG.'
        : 'Check that it is a whole kubeconfig file (`kubectl --kubeconfig FILE config view`).',
  });
}

/**
 * kubectl completes an address without a scheme by a guess, from whether the cluster has settings for TLS
 * (`rest.DefaultServerURL` of client-go). A wrong guess would send the token in clear, so it is refused.
 */
function serverOf({ name, server }: { readonly name: string; readonly server: string }): URL {
  const url = URL.canParse(server) ? new URL(server) : undefined;
  if (url?.protocol === 'https:' || url?.protocol === 'http:') return url;
  const given = `${printable(server)} as the server of its cluster ${name}`;
  throw new StreamGateError('Usage', `The kubeconfig has ${given}, which is no http:// or https:// address`, {
    remedy: 'Write it there with its scheme, such as https://10.0.0.1:6443.',
  });
}

function tokenFileOf(config: KubeConfig, source: KubeconfigSource): string | undefined {
  const name = config.getCurrentUser()?.name;
  for (const { text, directory } of textsOf(source)) {
    const users = at(parseText(text), 'users');
    const entry = Array.isArray(users) ? users.find((user) => at(user, 'name') === name) : undefined;
    const path = at(entry, 'user', 'tokenFile');
    if (typeof path === 'string' && path !== '') return resolve(directory, path);
  }
  return undefined;
}

/** The library reads by another parser, which may accept what this one does not. */
function parseText(text: string): unknown {
  try {
    return parse(text, { logLevel: 'error' });
  } catch (cause) {
    throw unreadable(cause);
  }
}

/** The kubeconfig files in their order, each with the folder against which its paths count. */
function textsOf({ content, file, environment }: KubeconfigSource): { text: string; directory: string }[] {
  if (content !== undefined) return [{ text: content, directory: process.cwd() }];
  const listed = (environment?.('KUBECONFIG') ?? '').split(delimiter).filter(Boolean);
  const home = environment?.('HOME');
  const usual = home === undefined ? [] : [join(home, '.kube', 'config')];
  const paths = file !== undefined ? [file] : listed.length > 0 ? listed : usual;
  return paths
    .filter((path) => existsSync(path))
    .map((path) => ({ text: readFileSync(path, 'utf8'), directory: dirname(path) }));
}
