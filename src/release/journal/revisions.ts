import { at, StreamGateError } from '../../base/index.ts';
import type { Cluster, KubeObject } from '../../cluster/index.ts';
import { appLabel, managedByLabel, manager, type Names, revisionRef } from '../slots/names.ts';
import type { RevisionData } from '../slots/slot-objects.ts';
import type { Journal } from './journal.ts';
import { readJournal } from './journal-store.ts';

/** What was released as this revision; undefined when it is no longer kept. */
export async function readRevision(
  cluster: Cluster,
  { names }: Journal,
  revision: number,
): Promise<RevisionData | undefined> {
  return dataOf(await cluster.get(revisionRef(names, revision)));
}

/** What stands in a ControllerRevision of ours. */
export function dataOf(revision: KubeObject | undefined): RevisionData | undefined {
  return at(revision, 'data') as RevisionData | undefined;
}

/** The manifests of the live revision, for a release that only changes an image. */
export async function readLiveManifests(
  cluster: Cluster,
  namespace: string,
  app: string,
): Promise<readonly KubeObject[]> {
  const journal = await readJournal(cluster, namespace, app);
  const live = journal?.live ?? null;
  const data =
    journal === undefined || live === null ? undefined : await readRevision(cluster, journal, live.revision);
  if (data !== undefined)
    return [data.workload, data.service, ...(data.followers ?? []), ...(data.autoscalers ?? [])];
  throw new StreamGateError(
    'Usage',
    `${app} was never released in namespace ${namespace}, so there is nothing to take its manifests from`,
    {
      remedy: 'Give `manifests`: files, globs or directories.',
    },
  );
}

export interface KeptRevision {
  readonly revision: number;
  /** Empty where no commit was known, as on a terminal. */
  readonly commit: string;
  readonly createdAt: string;
}

/** The ControllerRevisions of an app, in the order of the API. */
export function revisionObjects(
  cluster: Cluster,
  { namespace, app }: Pick<Names, 'namespace' | 'app'>,
): Promise<readonly KubeObject[]> {
  const labelSelector = `${managedByLabel}=${manager},${appLabel}=${app}`;
  return cluster.list({ apiVersion: 'apps/v1', kind: 'ControllerRevision' }, { namespace, labelSelector });
}

/** All revisions that are kept, newest first. */
export async function listRevisions(
  cluster: Cluster,
  names: Pick<Names, 'namespace' | 'app'>,
): Promise<readonly KeptRevision[]> {
  return (await revisionObjects(cluster, names))
    .map((object) => ({
      revision: Number(at(object, 'revision')),
      commit: String(at(object, 'data', 'commit') ?? ''),
      createdAt: String(at(object, 'data', 'createdAt') ?? ''),
    }))
    .sort((a, b) => b.revision - a.revision);
}
