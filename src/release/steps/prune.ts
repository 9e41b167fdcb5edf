import { at } from '../../base/index.ts';
import type { Cluster, KubeObject } from '../../cluster/index.ts';
import type { Desired } from '../desired/desired.ts';
import { dataOf, revisionObjects } from '../journal/revisions.ts';
import { collectCopies } from '../slots/config-copies.ts';
import { namedConfig } from '../slots/config-in-use.ts';
import { deploymentRef, type Names, revisionRef } from '../slots/names.ts';
import { deleteOurs } from '../slots/ours.ts';
import type { Step } from '../step.ts';

/** Revisions kept for rollbacks. */
const keptRevisions = 5;

/**
 * Revisions beyond the newest five go; those that are live or the way back never do. Copies of configuration go with the
 * last revision that names them.
 */
export const pruneRevisions: Step = {
  id: 'prune-revisions',
  title: 'Drop revisions that nobody goes back to',
  async act({ cluster, names, token, journal, desired }) {
    const all = await revisionObjects(cluster, names);
    const numbers = all.map((object) => Number(at(object, 'revision'))).sort((a, b) => b - a);
    const needed = [journal.current.live?.revision, journal.current.previous?.revision];
    const dropped = numbers.slice(keptRevisions).filter((revision) => !needed.includes(revision));
    for (const revision of dropped) await deleteOurs(cluster, revisionRef(names, revision), token);
    const kept = all.filter((object) => !dropped.includes(Number(at(object, 'revision'))));
    const copies = await dropCopies(cluster, names, token, { kept, desired });
    const gone = [...dropped.map(String), ...copies];
    return gone.length === 0 ? 'all are kept' : `dropped ${gone.join(', ')}`;
  },
};

/** Deletes copies that neither a kept revision nor a slot names. */
async function dropCopies(
  cluster: Cluster,
  names: Names,
  token: number,
  { kept, desired }: { readonly kept: readonly KubeObject[]; readonly desired: Desired | undefined },
): Promise<readonly string[]> {
  const slots = (['blue', 'green'] as const).map((slot) => cluster.get(deploymentRef(names, slot)));
  const standing = (await Promise.all(slots)).filter((slot) => at(slot, 'spec', 'replicas') !== 0);
  const workloads = [...kept.map((object) => dataOf(object)?.workload), ...standing];
  const needed = new Set([...workloads, desired?.workload].flatMap(namedConfig));
  const place = { app: names.app, namespace: names.namespace };
  // Secrets are looked at only where a person has named some: without that, nobody has given us the right to.
  const kinds = desired?.copies.some(({ kind }) => kind === 'Secret')
    ? (['ConfigMap', 'Secret'] as const)
    : (['ConfigMap'] as const);
  const dropped: string[] = [];
  for (const kind of kinds)
    dropped.push(...(await collectCopies(cluster, { ...place, kind }, needed, token)));
  return dropped;
}
