import { connect, createServer, type Server, type Socket } from 'node:net';
import { type Clock, type Log, type Milliseconds, messageOf } from '../../base/index.ts';
import { watchLate } from '../late-view.ts';
import { resources } from '../resources.ts';
import type { Store, StoredObject } from '../store.ts';
import type { Endpoint, EndpointSet, EndpointView } from './endpoints.ts';

export interface ServiceProxyContext {
  readonly store: Store;
  readonly clock: Clock;
  readonly log: Log;
  delayMs(): Milliseconds;
  readonly endpoints: EndpointView;
  /** Address of the node, for node ports. */
  readonly node: string | undefined;
  address(endpoint: Endpoint): { readonly host: string; readonly port: number } | undefined;
}

/**
 * Opens each Service on its cluster address, as kube-proxy does: new connections go to ready endpoints in turn, those
 * that stand are left alone, and without a ready endpoint there is no listener, so that clients are refused.
 */
export interface ServiceProxy {
  /** Looks at a Service again because its endpoints changed. */
  refresh(namespace: string, service: string): void;
  stop(): Promise<void>;
}

interface Listener {
  readonly server: Server;
  readonly set: EndpointSet;
}

export function startServiceProxy(context: ServiceProxyContext): ServiceProxy {
  const { store, clock, log } = context;
  const listeners = new Map<string, Listener>();
  const sockets = new Set<Socket>();
  const services = watchLate(store, clock, context.delayMs, resources.services, look);
  for (const key of services.objects.keys()) look(key);

  /** Makes the listeners of one Service what they should be. */
  function look(service: string): void {
    const wanted = new Map(
      portsOf(services.objects.get(service), context.node).map((port) => [port.key, port]),
    );
    for (const [key, { server }] of listeners) {
      if (!key.startsWith(`${service} `)) continue;
      const port = wanted.get(key);
      if (port !== undefined && setOf(service, port.name).ready.length > 0) continue;
      listeners.delete(key);
      // Stops listening at once; connections that stand go on.
      server.close();
    }
    for (const [key, port] of wanted) {
      const set = setOf(service, port.name);
      if (!listeners.has(key) && set.ready.length > 0)
        listeners.set(key, { server: open(service, port, set), set });
    }
  }

  function setOf(service: string, portName: string): EndpointSet {
    const [namespace = '', name = ''] = service.split('/');
    return context.endpoints.of(namespace, name, portName);
  }

  function open(service: string, { host, port }: Port, set: EndpointSet): Server {
    const server = createServer({ allowHalfOpen: true, noDelay: true }, (client) => join(client, set));
    server.on('error', (error) => {
      log.debug(`sandbox: Service ${service} cannot be reached on ${host}:${port}: ${messageOf(error)}`);
    });
    return server.listen(port, host, 1_024);
  }

  function join(client: Socket, set: EndpointSet): void {
    const endpoint = set.next();
    const target = endpoint && context.address(endpoint);
    if (target === undefined) {
      client.resetAndDestroy();
      return;
    }
    const pod = connect({ ...target, allowHalfOpen: true, noDelay: true });
    for (const [socket, other] of [
      [client, pod],
      [pod, client],
    ] as const) {
      sockets.add(socket);
      socket.on('error', () => other.resetAndDestroy());
      socket.on('close', () => {
        sockets.delete(socket);
        other.destroySoon();
      });
      socket.pipe(other);
    }
  }

  return {
    refresh: (namespace, service) => look(`${namespace}/${service}`),
    async stop() {
      services.stop();
      const closed = [...listeners.values()].map(
        ({ server }) => new Promise<void>((resolve) => server.close(() => resolve())),
      );
      for (const socket of sockets) socket.destroy();
      await Promise.all(closed);
    },
  };
}

interface Port {
  readonly key: string;
  readonly host: string;
  readonly port: number;
  readonly name: string;
}

function portsOf(service: StoredObject | undefined, node: string | undefined): readonly Port[] {
  const { clusterIP, ports = [], selector } = service?.spec ?? {};
  // Elsewhere than on Linux all Services would share one address, and who is asked could not be told.
  const isOurs = typeof clusterIP === 'string' && clusterIP.startsWith('127.') && clusterIP !== '127.0.0.1';
  if (service === undefined || selector === undefined || !isOurs) return [];
  const { namespace = '', name } = service.metadata;
  const declared: readonly StoredObject[] = ports;
  return declared
    .filter(({ protocol = 'TCP' }) => protocol === 'TCP')
    .flatMap((entry) => {
      const portName = String(entry.name ?? '');
      const open = (host: string, port: number): Port => ({
        key: `${namespace}/${name} ${host}:${port}/${portName}`,
        host,
        port,
        name: portName,
      });
      const own = open(clusterIP, Number(entry.port));
      return node === undefined || entry.nodePort === undefined
        ? [own]
        : [own, open(node, Number(entry.nodePort))];
    });
}
