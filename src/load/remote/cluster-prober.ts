import { startDeadline } from '../../base/index.ts';
import type { Prober, ProberOptions } from '../prober.ts';
import { type OpenOptions, openProberPod, type ProberPod } from './open-prober-pod.ts';
import { startRemoteProber } from './remote-prober.ts';

/** A prober inside the cluster: started with the first request for one, and gone when closed. */
export interface ClusterProber {
  start(options: ProberOptions): Promise<Prober>;
  close(): Promise<void>;
}

const startWithinMs = 60_000;

/** Probes from a pod of a short-lived Job. All probers of a run share the pod. */
export function createClusterProber(options: OpenOptions): ClusterProber {
  let opening: Promise<ProberPod> | undefined;
  return {
    async start(given) {
      const deadline = startDeadline(options.clock, startWithinMs, 'The pod of the prober', given.signal);
      try {
        opening ??= openProberPod(options, deadline);
        const pod = await opening;
        return await startRemoteProber({ ...given, secret: pod.secret, address: () => pod.address() });
      } finally {
        deadline.clear();
      }
    },
    async close() {
      const pod = await opening?.catch(() => undefined);
      await pod?.close();
    },
  };
}
