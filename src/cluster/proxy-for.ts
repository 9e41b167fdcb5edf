import { BlockList, isIP } from 'node:net';

type Environment = (name: string) => string | undefined;

/**
 * The proxy through which the environment wants an address to be reached: `HTTPS_PROXY`, `HTTP_PROXY`, and `NO_PROXY`
 * with names, domains, addresses and IPv4 ranges, as kubectl reads them. Loopback is never sent through a proxy.
 * Source: golang.org/x/net/http/httpproxy, which client-go uses.
 */
export function proxyFor(server: URL, environment: Environment): string | undefined {
  const read = (name: string) => environment(name) ?? environment(name.toLowerCase());
  const proxy = read(server.protocol === 'http:' ? 'HTTP_PROXY' : 'HTTPS_PROXY');
  if (proxy === undefined || proxy === '' || isLoopback(hostOf(server))) return undefined;
  const exempt = (read('NO_PROXY') ?? '').split(',').some((entry) => exempts(entry.trim(), server));
  if (exempt) return undefined;
  return proxy.includes('://') ? proxy : `http://${proxy}`;
}

function hostOf(server: URL): string {
  return server.hostname.replace(/^\[|\]$/g, '').toLowerCase();
}

function isLoopback(host: string): boolean {
  return host === 'localhost' || host === '::1' || /^127\./.test(host);
}

function exempts(entry: string, server: URL): boolean {
  if (entry === '') return false;
  if (entry === '*') return true;
  const host = hostOf(server);
  if (entry.includes('/')) return isIP(host) === 4 && isInRange(host, entry);
  const port = server.port || (server.protocol === 'http:' ? '80' : '443');
  const [name = '', wantedPort = port] = isIP(entry) === 6 ? [entry] : entry.toLowerCase().split(':');
  if (wantedPort !== port) return false;
  const domain = name.replace(/^\*/, '');
  // `.example.com` means the names below it, `example.com` itself as well.
  return domain.startsWith('.') ? host.endsWith(domain) : host === domain || host.endsWith(`.${domain}`);
}

function isInRange(host: string, entry: string): boolean {
  const [network = '', bits = ''] = entry.split('/');
  if (isIP(network) !== 4 || !/^\d{1,2}$/.test(bits) || Number(bits) > 32) return false;
  const range = new BlockList();
  range.addSubnet(network, Number(bits));
  return range.check(host);
}
