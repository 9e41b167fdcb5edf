import { equalJson, isJsonObject } from '../../base/index.ts';
import { describeRef, type KubeObject, refOf } from '../../cluster/index.ts';
import type { ObjectChange } from '../../evidence/index.ts';
import { slotLabel } from '../slots/names.ts';
import { type Conceal, readable } from './conceal.ts';
import { diffFields } from './diff-fields.ts';

const maxFields = 200;

/** Compares an object with what the server would make of it. */
export function changeOf(
  standing: KubeObject | undefined,
  wanted: KubeObject,
  conceal: Conceal,
): ObjectChange {
  const object = describeRef(refOf(wanted));
  if (standing === undefined) return { object, action: 'create', against: null, fields: [] };
  const fields = fieldsBetween(comparable(standing), comparable(wanted), wanted.kind, conceal);
  return { object, action: fields.length === 0 ? 'unchanged' : 'change', against: null, fields };
}

/** What sets a candidate's object apart from the live slot's: only what a user wrote, not what names the slot. */
export function changeBetweenSlots(
  live: KubeObject | undefined,
  wanted: { readonly name: string; readonly object: KubeObject; readonly standing: KubeObject | undefined },
  conceal: Conceal,
): ObjectChange {
  const { name, object, standing } = wanted;
  const described = describeRef({ ...refOf(object), name });
  const isSame = standing !== undefined && equalJson(slotless(standing), slotless(object));
  const action = standing === undefined ? 'create' : isSame ? 'unchanged' : 'change';
  if (live === undefined) return { object: described, action, against: null, fields: [] };
  const fields = fieldsBetween(slotless(live), slotless(object), object.kind, conceal);
  return { object: described, action, against: `${describeRef(refOf(live))}, which is live`, fields };
}

function fieldsBetween(
  before: unknown,
  after: unknown,
  kind: string,
  conceal: Conceal,
): ObjectChange['fields'] {
  return diffFields(before, after, (path, value) => readable(kind, path, value, conceal)).slice(0, maxFields);
}

/** Labels, annotations and everything but what servers and managers write. */
function comparable(object: KubeObject): unknown {
  const { metadata, status: _status, apiVersion: _version, kind: _kind, ...rest } = object;
  const annotations = Object.entries(metadata.annotations ?? {}).filter(([key]) => !isNoise(key));
  return {
    metadata: { labels: metadata.labels ?? {}, annotations: Object.fromEntries(annotations) },
    ...rest,
  };
}

/** Notes of tools to themselves; the first holds the whole object, values of Secrets too. */
function isNoise(annotation: string): boolean {
  return (
    annotation === 'kubectl.kubernetes.io/last-applied-configuration' ||
    annotation === 'deployment.kubernetes.io/revision' ||
    annotation.startsWith('streamgate.io/')
  );
}

/** The spec without the label of the slot, wherever it stands, and without addresses that the server gives out. */
function slotless({ spec }: KubeObject): unknown {
  const given = ['clusterIP', 'clusterIPs', 'healthCheckNodePort'];
  return { spec: without([slotLabel, ...given], spec) };
}

function without(keys: readonly string[], value: unknown): unknown {
  if (Array.isArray(value)) return value.map((item: unknown) => without(keys, item));
  if (!isJsonObject(value)) return value;
  const kept = Object.entries(value).filter(([key]) => !keys.includes(key));
  return Object.fromEntries(kept.map(([key, inner]) => [key, without(keys, inner)]));
}
