import { at, StreamGateError } from '../../base/index.ts';
import {
  type Cluster,
  describeRef,
  fencedPatch,
  type KubeObject,
  replaceField,
  stampToken,
  tokenAnnotation,
} from '../../cluster/index.ts';
import { journalRef, ourLabels } from '../slots/names.ts';
import { createOrFind } from '../slots/ours.ts';
import { writeHowto } from './howto.ts';
import { type Journal, parseJournal } from './journal.ts';

/** A ConfigMap holds 1 MiB; beyond this we would rather stop than be refused in the middle. */
const largestJournalBytes = 256 * 1024;

export async function readJournal(
  cluster: Cluster,
  namespace: string,
  app: string,
): Promise<Journal | undefined> {
  const ref = journalRef(namespace, app);
  const object = await cluster.get(ref);
  if (object === undefined) return undefined;
  return parseJournal(String(at(object, 'data', 'journal') ?? ''), describeRef(ref));
}

/**
 * The journal as whoever holds the lock now has to read it: our token goes on it first, so that what the run before
 * may still write comes either before we read, or not at all.
 */
export async function takeJournal(
  cluster: Cluster,
  namespace: string,
  app: string,
  token: number,
): Promise<Journal | undefined> {
  await stampToken(cluster, journalRef(namespace, app), token);
  return readJournal(cluster, namespace, app);
}

/** Writes the journal under our token: creates it, or takes it over from the lock before, once at the start. */
export async function claimJournal(cluster: Cluster, journal: Journal): Promise<void> {
  const { namespace, app } = journal.names;
  const ref = journalRef(namespace, app);
  const existing = await stampToken(cluster, ref, journal.token);
  // Found when its own answer was lost and the creation repeated; then it carries our token, or is not ours at all.
  if (existing === undefined && (await createOrFind(cluster, toConfigMap(journal), ref)).created) return;
  await saveJournal(cluster, journal);
}

/** Replaces the journal; a higher token than ours on it means that we were overtaken: `Superseded`. */
export async function saveJournal(cluster: Cluster, journal: Journal): Promise<void> {
  const { namespace, app } = journal.names;
  const ref = journalRef(namespace, app);
  const { data } = toConfigMap(journal);
  const fence = {
    op: 'test',
    path: '/metadata/annotations/streamgate.io~1token',
    value: String(journal.token),
  } as const;
  try {
    await cluster.patch(ref, [fence, { op: 'replace', path: '/data', value: data }]);
  } catch (thrown) {
    if (!(thrown instanceof StreamGateError) || thrown.code !== 'Conflict') throw thrown;
    // A server may answer 409 for reasons of its own: only what stands there tells whether we were overtaken.
    await fencedPatch(cluster, ref, journal.token, (object) => replaceField(object, ['data'], data));
  }
}

function toConfigMap(journal: Journal): KubeObject {
  const { namespace, app } = journal.names;
  const text = JSON.stringify(journal, null, 1);
  if (Buffer.byteLength(text) > largestJournalBytes) {
    throw new StreamGateError('Refused', `The journal of ${app} would be larger than 256 KiB`, {
      remedy: 'The routes that name this app hold too much to be kept as before-images: split them.',
    });
  }
  return {
    apiVersion: 'v1',
    kind: 'ConfigMap',
    metadata: {
      namespace,
      name: journalRef(namespace, app).name,
      labels: ourLabels(app),
      annotations: { [tokenAnnotation]: String(journal.token) },
    },
    data: { journal: text, howto: writeHowto(journal) },
  };
}
