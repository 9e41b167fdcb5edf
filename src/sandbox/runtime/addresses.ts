import { randomInt } from 'node:crypto';
import { createServer, type Server } from 'node:net';

/** Addresses of pods, and the network of those of Services. */
export interface Addresses {
  next(): string;
  /** First half of a Service's address; undefined where Services cannot have addresses of their own. */
  readonly serviceNetwork: string | undefined;
  /** Where node ports are open; undefined where Services cannot have addresses of their own. */
  readonly node: string | undefined;
  release(): void;
}

/** Linux takes the whole of 127.0.0.0/8 as its own, so each pod can listen on the port that its manifest says. */
const manyLoopbacks = process.platform === 'linux';

/** Addresses that nothing listens on, for pods without sockets. */
export function fakeAddresses(): Addresses {
  return { next: countFrom(64), serviceNetwork: undefined, node: undefined, release() {} };
}

/**
 * On Linux two networks below 127.0.0.0/8, one for pods and one for Services, that no other sandbox of this machine
 * has: the holder listens on an address in them. Elsewhere all pods share 127.0.0.1 and differ by port.
 */
export async function reserveAddresses(): Promise<Addresses> {
  if (!manyLoopbacks)
    return { next: () => '127.0.0.1', serviceNetwork: undefined, node: undefined, release() {} };
  for (;;) {
    // From 16: the first networks are taken by resolvers and the like on many machines.
    const network = 2 * randomInt(8, 120);
    const held = await listen(`127.${network}.255.254`, reservationPort);
    if (held === undefined) continue;
    return {
      next: countFrom(network),
      serviceNetwork: `127.${network + 1}`,
      node: `127.${network}.255.254`,
      release: () => held.close(),
    };
  }
}

const reservationPort = 27_127;

function countFrom(network: number): () => string {
  let last = 0;
  return () => {
    last += 1;
    return `127.${network}.${last >> 8}.${last & 255}`;
  };
}

/** The wanted port when it is free on this address, else any: somebody may listen on it on all addresses. */
export async function findPort(host: string, wanted: number): Promise<number> {
  const server = (manyLoopbacks && (await listen(host, wanted))) || (await listen(host, 0));
  const address = server?.address();
  await new Promise<void>((resolve) => (server ? server.close(() => resolve()) : resolve()));
  return typeof address === 'object' && address !== null ? address.port : wanted;
}

/** Undefined when somebody has it. */
function listen(host: string, port: number): Promise<Server | undefined> {
  return new Promise((resolve) => {
    const server = createServer();
    server.once('error', () => resolve(undefined));
    server.listen(port, host, () => resolve(server));
  });
}
