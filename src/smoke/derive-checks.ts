import { at } from '../base/index.ts';
import { type Check, describeCheck, type HttpCheck } from './check.ts';

/** A port of a Service that sends traffic to the pods, as its spec has it. */
export interface ServicePort {
  readonly port: number;
  readonly targetPort?: number | string;
  readonly protocol?: string;
}

/** The kubelet takes 200 to 399 for health. */
const healthy = { from: 200, to: 399 };

/**
 * Makes checks of what Kubernetes already knows about a workload: the startup, readiness and liveness probes of its
 * containers, and a TCP connection to each port that a Service sends traffic to. Probes that run a command, or that
 * ask another host than the pod, prove nothing from here and are left out.
 * @param template a `PodTemplateSpec` as the wire has it
 */
export function deriveChecks(template: unknown, servicePorts: readonly ServicePort[]): readonly Check[] {
  const ports = namedPorts(template);
  const fromProbes = listAt(template, 'spec', 'containers').flatMap((container) =>
    ['startupProbe', 'readinessProbe', 'livenessProbe'].flatMap((kind) =>
      checkOf(at(container, kind), container),
    ),
  );
  const fromServices = servicePorts.flatMap(({ port, targetPort = port, protocol = 'TCP' }) => {
    const number = typeof targetPort === 'number' ? targetPort : ports.get(targetPort);
    return protocol === 'TCP' && number !== undefined ? [tcpCheck(number)] : [];
  });
  return unique([...fromProbes, ...fromServices]);
}

function checkOf(probe: unknown, container: unknown): readonly Check[] {
  const http = at(probe, 'httpGet');
  if (http !== undefined) {
    const port = portNumber(at(http, 'port'), container);
    const elsewhere = at(http, 'host');
    if (port === undefined || (typeof elsewhere === 'string' && elsewhere !== '')) return [];
    return [httpCheck(http, port)];
  }
  const tcp = portNumber(at(probe, 'tcpSocket', 'port') ?? at(probe, 'grpc', 'port'), container);
  return tcp === undefined ? [] : [tcpCheck(tcp)];
}

function httpCheck(httpGet: unknown, port: number): HttpCheck {
  const path = at(httpGet, 'path');
  const headers = listAt(httpGet, 'httpHeaders').flatMap((header) => {
    const [name, value] = [at(header, 'name'), at(header, 'value')];
    return typeof name === 'string' && typeof value === 'string'
      ? [[name.toLowerCase(), value] as const]
      : [];
  });
  const check: HttpCheck = {
    kind: 'http',
    name: '',
    method: 'GET',
    path: typeof path === 'string' && path !== '' ? path.replace(/^(?!\/)/, '/') : '/',
    port,
    scheme: at(httpGet, 'scheme') === 'HTTPS' ? 'https' : 'http',
    headers: Object.fromEntries(headers),
    body: undefined,
    wants: {
      status: [healthy],
      contains: undefined,
      matches: undefined,
      values: [],
      headers: [],
      withinMs: undefined,
    },
    // The kubelet goes on asking by itself.
    answers: 1,
  };
  return { ...check, name: describeCheck(check) };
}

function tcpCheck(port: number): Check {
  return { kind: 'tcp', name: `TCP connect to port ${port}`, port };
}

/** A probe names a port by number or by a name of its own container. */
function portNumber(port: unknown, container: unknown): number | undefined {
  if (typeof port === 'number') return port;
  if (typeof port !== 'string') return undefined;
  if (/^\d+$/.test(port)) return Number(port);
  return portsOf(container).get(port);
}

function namedPorts(template: unknown): ReadonlyMap<string, number> {
  const containers = listAt(template, 'spec', 'containers');
  return new Map(containers.flatMap((container) => [...portsOf(container)]));
}

function portsOf(container: unknown): ReadonlyMap<string, number> {
  const ports = listAt(container, 'ports').flatMap((port) => {
    const [name, number] = [at(port, 'name'), at(port, 'containerPort')];
    return typeof name === 'string' && typeof number === 'number' ? [[name, number] as const] : [];
  });
  return new Map(ports);
}

function listAt(value: unknown, ...path: readonly string[]): readonly unknown[] {
  const found = at(value, ...path);
  return Array.isArray(found) ? found : [];
}

function unique(checks: readonly Check[]): readonly Check[] {
  return [...new Map(checks.map((check) => [JSON.stringify(check), check])).values()];
}
