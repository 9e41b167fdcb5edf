import { createVirtualClock, silentLog, type VirtualClock } from '../../src/base/index.ts';
import { type ApiRequest, type Cluster, createCluster, type Transport } from '../../src/cluster/index.ts';
import { createSandbox, type Sandbox } from '../../src/sandbox/index.ts';

/** The embedded cluster on a clock that jumps, and the way to it. */
export interface ApiPlace {
  readonly clock: VirtualClock;
  readonly sandbox: Sandbox;
  readonly cluster: Cluster;
  /** All that was sent, in order. */
  readonly sent: ApiRequest[];
  /** Ends every call when aborted. */
  readonly cancel: AbortController;
}

/** `way` stands between client and API, for trouble that the sandbox does not know. */
export async function inApiPlace(
  test: (place: ApiPlace) => Promise<void>,
  way: (send: Transport['send'], clock: VirtualClock) => Transport['send'] = (send) => send,
): Promise<void> {
  const clock = createVirtualClock();
  const sandbox = await createSandbox({ clock, pods: 'fake' });
  const sent: ApiRequest[] = [];
  const cancel = new AbortController();
  const onward = way((request) => sandbox.handle(request), clock);
  const transport: Transport = {
    name: 'https://api.test (context lab)',
    send(request) {
      sent.push(request);
      return onward(request);
    },
    portForward: () => Promise.reject(new Error('no sockets here')),
  };
  const cluster = createCluster({ transport, clock, log: silentLog, signal: cancel.signal });
  try {
    await test({ clock, sandbox, cluster, sent, cancel });
  } finally {
    cancel.abort();
    await sandbox.close();
    clock.stop();
  }
}
