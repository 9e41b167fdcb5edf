import { at } from '../../src/base/index.ts';
import type { Cluster, KubeObject } from '../../src/cluster/index.ts';

/** Warnings that each pod with a container that ended or waits left behind, and the last that it said; one line each. */
export async function findClues(
  cluster: Cluster,
  namespace: string,
  said: ReadonlyMap<string, string>,
): Promise<readonly string[]> {
  const [pods, events] = await Promise.all([
    cluster.list({ apiVersion: 'v1', kind: 'Pod' }, { namespace }),
    cluster.list({ apiVersion: 'v1', kind: 'Event' }, { namespace }),
  ]);
  const odd = pods.filter(isOdd);
  const warnings = events.filter((event) => at(event, 'type') === 'Warning');
  return [
    ...odd.map(
      (pod) => `pod ${pod.metadata.name}: ${JSON.stringify(at(pod, 'status', 'containerStatuses'))}`,
    ),
    ...warnings.map((event) => {
      const about = String(at(event, 'involvedObject', 'name'));
      return `event ${at(event, 'count') ?? 1}x of ${about}: ${at(event, 'reason')}, ${at(event, 'message')}`;
    }),
    ...odd.map(
      ({ metadata }) => `said by ${metadata.name}: ${said.get(`${namespace}/${metadata.name}`) ?? ''}`,
    ),
  ];
}

function isOdd(pod: KubeObject): boolean {
  const statuses = at(pod, 'status', 'containerStatuses');
  return (
    Array.isArray(statuses) &&
    statuses.some(
      (status) => Number(at(status, 'restartCount')) > 0 || at(status, 'state', 'running') === undefined,
    )
  );
}
