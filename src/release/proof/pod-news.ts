import { at, type Clock, type Log, type Milliseconds } from '../../base/index.ts';
import type { Cluster, KubeObject } from '../../cluster/index.ts';
import { isReady } from './rollout-status.ts';

/** What the events of a cluster say of pods that are not ready yet. */
export interface PodNews {
  /** The newest trouble of the pods in a few words; empty when there is none. A new one is logged at once. */
  look(pods: readonly KubeObject[]): Promise<string>;
}

/** Most pods are ready before anybody asks. */
const firstLookMs: Milliseconds = 2_000;
const lookEveryMs: Milliseconds = 2_000;
/** A namespace may hold more events than an API server reads in a while: readiness is not to wait for that. */
const lookWithinMs: Milliseconds = 2_000;
const podsAsked = 3;
/** A probe that fails, a volume that is not there, no room on any node: they may pass, and a person should know. */
const telling = new Set([
  'Unhealthy',
  'FailedScheduling',
  'FailedMount',
  'FailedAttachVolume',
  'Failed',
  'BackOff',
]);

export function createPodNews(cluster: Cluster, clock: Clock, log: Log): PodNews {
  const told = new Set<string>();
  let nextAt = clock.monotonic() + firstLookMs;
  let latest = '';

  async function newest(pod: KubeObject, signal: AbortSignal): Promise<string> {
    const { namespace = '', name } = pod.metadata;
    const kind = { apiVersion: 'v1', kind: 'Event' };
    // Only what a person reads: without it, the wait goes on as before.
    const events = await cluster
      .with(signal)
      .list(kind, { namespace, fieldSelector: `involvedObject.name=${name}` })
      .catch((): readonly KubeObject[] => []);
    const last = events.findLast((event) => telling.has(String(at(event, 'reason'))));
    if (last === undefined) return '';
    return `${String(at(last, 'reason'))}: ${String(at(last, 'message') ?? '').split('\n')[0]}`;
  }

  return {
    async look(pods) {
      if (clock.monotonic() < nextAt) return latest;
      const waiting = pods.filter((pod) => !isReady(pod)).slice(0, podsAsked);
      const limit = new AbortController();
      const cancel = clock.after(lookWithinMs, () => limit.abort());
      const found = await Promise.all(
        waiting.map(async (pod) => ({ pod, text: await newest(pod, limit.signal) })),
      );
      cancel();
      nextAt = clock.monotonic() + lookEveryMs;
      const troubled = found.filter(({ text }) => text !== '');
      for (const { pod, text } of troubled) {
        if (told.has(text)) continue;
        told.add(text);
        log.warn(`Pod ${pod.metadata.name} is not ready: ${text}`);
      }
      latest = troubled[0]?.text ?? '';
      return latest;
    },
  };
}
