import { createHash, scryptSync } from 'node:crypto';
import { canonicalJson, equalJson, fieldsAt, StreamGateError } from '../../base/index.ts';
import {
  type Cluster,
  describeRef,
  type KubeObject,
  type ObjectRef,
  refOf,
  tokenOf,
} from '../../cluster/index.ts';
import type { ConfigKind } from '../desired/config-refs.ts';
import { appLabel, managedByLabel, manager, ourLabels } from './names.ts';
import { createFenced, deleteOurs, type Owner, stamped } from './ours.ts';

/** On every copy, so that copies are found among all that carries our labels. */
const copyLabel = 'streamgate.io/copy';
/** Name of the ConfigMap or Secret that was copied. */
export const copyOfAnnotation = 'streamgate.io/copy-of';
const longestName = 253;
const digits = { ConfigMap: 10, Secret: 8 } as const;
/** 32 MiB and some 50 ms for each guess of a Secret's content. */
const slow = { N: 2 ** 15, r: 8, p: 1, maxmem: 64 * 2 ** 20 };

export function isConfigKind(kind: string): kind is ConfigKind {
  return kind === 'ConfigMap' || kind === 'Secret';
}

/** Content as the server stores it: texts of a Secret become data. */
export function contentOf(object: KubeObject): Readonly<Record<string, unknown>> {
  const data = fieldsAt(object, 'data');
  if (object.kind !== 'Secret') return { data, binaryData: fieldsAt(object, 'binaryData') };
  const texts = Object.entries(fieldsAt(object, 'stringData')).map(
    ([key, value]) => [key, Buffer.from(String(value)).toString('base64')] as const,
  );
  return { data: { ...data, ...Object.fromEntries(texts) } };
}

/**
 * The copy of a ConfigMap or Secret that belongs to a release: named by its content, and never changed. Of the source's
 * metadata it takes nothing: labels of Helm or Argo CD would make the copy theirs.
 */
export function configCopy(source: KubeObject, app: string, namespace: string): KubeObject {
  const kind = source.kind as ConfigKind;
  const { name } = source.metadata;
  const hash = hashContent(source, app, namespace);
  const stem = name.slice(0, longestName - hash.length - 1).replace(/[.-]+$/, '');
  return {
    apiVersion: 'v1',
    kind,
    metadata: {
      name: `${stem}-${hash}`,
      namespace,
      labels: { ...ourLabels(app), [copyLabel]: 'config' },
      annotations: { [copyOfAnnotation]: name },
    },
    immutable: true,
    ...(kind === 'Secret' && source.type !== undefined ? { type: source.type } : {}),
    ...Object.fromEntries(Object.entries(contentOf(source)).filter(([, part]) => !equalJson(part, {}))),
  };
}

/**
 * The app is part of it, so that two apps of a namespace never share a copy. Names can be read by more people than
 * Secrets: so a Secret's hash is short, and slow to compute for whoever would try guesses against it.
 */
function hashContent(source: KubeObject, app: string, namespace: string): string {
  const { kind, metadata, type } = source;
  const place = canonicalJson({ namespace, app, kind, name: metadata.name });
  const length = digits[kind as ConfigKind];
  if (kind === 'Secret') {
    const content = canonicalJson({ type, ...contentOf(source) });
    return scryptSync(content, place, length / 2, slow).toString('hex');
  }
  return createHash('sha256')
    .update(`${place} ${canonicalJson(contentOf(source))}`)
    .digest('hex')
    .slice(0, length);
}

/** Whether it is a copy that a release of ours made. */
export function isOurCopy({ metadata }: KubeObject): boolean {
  return metadata.labels?.[copyLabel] === 'config' && metadata.labels[managedByLabel] === manager;
}

/** Whether what stands under a copy's name is that copy, by owner and content. */
export function isCopy(standing: KubeObject, copy: KubeObject): boolean {
  const labels = standing.metadata.labels ?? {};
  return (
    Object.entries(copy.metadata.labels ?? {}).every(([key, value]) => labels[key] === value) &&
    equalJson(contentOf(standing), contentOf(copy))
  );
}

/** Makes a copy, or puts our token on the one that is there: a run that was overtaken must not delete it under us. */
export async function ensureCopy(release: Owner, copy: KubeObject): Promise<void> {
  const ref = refOf(copy);
  const standing = await release.cluster.get(ref);
  // What is not ours does not get our token either.
  if (standing !== undefined && !isCopy(standing, copy)) throw notTheCopy(ref);
  const { object } = await createFenced(release, stamped(copy, release.token), ref);
  if (!isCopy(object, copy)) throw notTheCopy(ref);
}

function notTheCopy(ref: ObjectRef): StreamGateError {
  return new StreamGateError(
    'Conflict',
    `${describeRef(ref)} is there, and is not the copy that it should be`,
    {
      remedy: 'Find out who made it; delete or rename it, then run the same command again.',
    },
  );
}

/** Where copies stand: those of one kind, of one app. */
interface CopyPlace {
  readonly kind: ConfigKind;
  readonly app: string;
  readonly namespace: string;
}

/** Deletes all copies of one kind that are not `needed` any more, and answers with their names. */
export async function collectCopies(
  cluster: Cluster,
  place: CopyPlace,
  needed: ReadonlySet<string>,
  token: number,
): Promise<readonly string[]> {
  const { kind, namespace } = place;
  const all = await listCopies(cluster, place);
  const dropped = all.map(({ metadata }) => metadata.name).filter((name) => !needed.has(`${kind} ${name}`));
  for (const name of dropped) await deleteOurs(cluster, { apiVersion: 'v1', kind, namespace, name }, token);
  return dropped;
}

/** The numbers of the locks under which the copies that stand were written last. */
export async function copyTokens(cluster: Cluster, place: CopyPlace): Promise<readonly number[]> {
  return (await listCopies(cluster, place)).map((copy) => tokenOf(copy) ?? 0);
}

function listCopies(cluster: Cluster, { kind, app, namespace }: CopyPlace): Promise<readonly KubeObject[]> {
  const labelSelector = `${managedByLabel}=${manager},${appLabel}=${app},${copyLabel}=config`;
  return cluster.list({ apiVersion: 'v1', kind }, { namespace, labelSelector });
}

/** `ConfigMap settings`: a key that is unique in a namespace. */
export function configKey({ kind, name }: { readonly kind: string; readonly name: string }): string {
  return `${kind} ${name}`;
}

export function keyOf({ kind, metadata }: KubeObject): string {
  return configKey({ kind, name: metadata.name });
}
