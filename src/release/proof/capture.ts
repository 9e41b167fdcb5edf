import { at, messageOf } from '../../base/index.ts';
import type { Cluster, KubeObject } from '../../cluster/index.ts';
import { isReady } from './rollout-status.ts';

const eventKind = { apiVersion: 'v1', kind: 'Event' };
const logLines = 15;
const podsShown = 3;
const eventsShown = 12;

export interface Captured {
  readonly events: readonly string[];
  /** Apart from the events, since a program may write secrets into its log. */
  readonly logs: readonly string[];
}

export const nothingCaptured: Captured = { events: [], logs: [] };

/**
 * What a person will want to see of a candidate that failed, taken before anything is cleaned up.
 * Events first: a pod that never ran has no log. Never throws: a missing line must not stop the way back.
 */
export async function capturePods(cluster: Cluster, pods: readonly KubeObject[]): Promise<Captured> {
  const events: string[] = [];
  const logs: string[] = [];
  const troubled = [...pods].sort((a, b) => Number(isReady(a)) - Number(isReady(b))).slice(0, podsShown);
  for (const pod of troubled) {
    events.push(
      ...(await eventsOf(cluster, pod).catch((thrown) => [
        `events of ${pod.metadata.name}: ${messageOf(thrown)}`,
      ])),
    );
    logs.push(...(await logOf(cluster, pod)));
  }
  return { events, logs };
}

async function eventsOf(cluster: Cluster, pod: KubeObject): Promise<string[]> {
  const { namespace = '', name } = pod.metadata;
  const fieldSelector = `involvedObject.name=${name}`;
  const events = await cluster.list(eventKind, { namespace, fieldSelector });
  return events
    .slice(-eventsShown)
    .map(
      (event) =>
        `event ${name}: ${String(at(event, 'reason'))}: ${String(at(event, 'message')).split('\n')[0]}`,
    );
}

async function logOf(cluster: Cluster, pod: KubeObject): Promise<string[]> {
  const { namespace = '', name } = pod.metadata;
  const ref = { apiVersion: 'v1', kind: 'Pod', namespace, name };
  const statuses = at(pod, 'status', 'containerStatuses');
  const restarted =
    Array.isArray(statuses) && statuses.some((status) => Number(at(status, 'restartCount')) > 0);
  const read = (previous: boolean) => cluster.podLogs(ref, { tailLines: logLines, previous }).catch(() => '');
  const text = (restarted ? await read(true) : '') || (await read(false));
  return text
    .split('\n')
    .filter((line) => line !== '')
    .map((line) => `log ${name}: ${line.slice(0, 300)}`);
}
