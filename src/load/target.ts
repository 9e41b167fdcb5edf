import { isIP } from 'node:net';

/** Where connections go and what every request says. */
export interface Target {
  readonly secure: boolean;
  readonly hostname: string;
  readonly port: number;
  /** For SNI and the certificate; undefined for an address, which has none. */
  readonly servername: string | undefined;
  readonly hostHeader: string;
  readonly path: string;
}

/** Reads the target from a URL; `host` replaces the public name when the URL holds an address. */
export function targetOf(url: URL, host?: string): Target {
  const secure = url.protocol === 'https:';
  const hostname = url.hostname.replace(/^\[(.*)\]$/, '$1');
  const publicName = (host ?? hostname).replace(/:\d+$/, '');
  return {
    secure,
    hostname,
    port: url.port === '' ? (secure ? 443 : 80) : Number(url.port),
    servername: isIP(publicName) === 0 ? publicName : undefined,
    hostHeader: host ?? url.host,
    path: `${url.pathname}${url.search}`,
  };
}

/** The bytes of one GET. */
export function renderRequest(target: Target, id: string, keep: boolean): string {
  return [
    `GET ${target.path} HTTP/1.1`,
    `host: ${target.hostHeader}`,
    'user-agent: streamgate-prober',
    'accept: */*',
    `x-request-id: ${id}`,
    `connection: ${keep ? 'keep-alive' : 'close'}`,
    '\r\n',
  ].join('\r\n');
}
