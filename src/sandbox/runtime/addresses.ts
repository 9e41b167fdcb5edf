import { randomInt } from 'node:crypto';
import { createServer } from 'node:net';

/** Addresses of pods and Services. */
export interface Addresses {
  next(): string;
}

/** Linux takes the whole of 127.0.0.0/8 as its own, so each pod can listen on the port that its manifest says. */
const manyLoopbacks = process.platform === 'linux';

/**
 * On Linux addresses of 127.0.0.0/8, counted from a random start so that sandboxes of one machine do not meet;
 * elsewhere all pods share 127.0.0.1 and differ by port. With `real` false, addresses that nothing listens on.
 */
export function createAddresses(real: boolean): Addresses {
  // 16 and up: the first ones are taken by resolvers and the like on many machines.
  let last = real ? randomInt(16, 240) * 65_536 + randomInt(65_536) : 64 * 65_536;
  return {
    next() {
      if (real && !manyLoopbacks) return '127.0.0.1';
      do last += 1;
      while (last % 256 === 0 || last % 256 === 255);
      return `127.${(last >> 16) & 255}.${(last >> 8) & 255}.${last & 255}`;
    },
  };
}

/** The wanted port when it is free on this address, else any: somebody may listen on it on all addresses. */
export async function findPort(host: string, wanted: number): Promise<number> {
  return (manyLoopbacks && (await tryPort(host, wanted))) || (await tryPort(host, 0)) || wanted;
}

function tryPort(host: string, port: number): Promise<number | undefined> {
  return new Promise((resolve) => {
    const server = createServer();
    server.once('error', () => resolve(undefined));
    server.listen(port, host, () => {
      const address = server.address();
      server.close(() => resolve(typeof address === 'object' ? address?.port : undefined));
    });
  });
}
