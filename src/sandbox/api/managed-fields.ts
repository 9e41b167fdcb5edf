import type { Clock, Json, JsonObject } from '../../base/index.ts';
import type { ResourceType, StoredObject } from '../store.ts';
import { toSeconds } from '../store-memory.ts';
import { compareFields, decodeFields, encodeFields, type FieldSet, flatten } from './field-set.ts';

/** Who owns which fields. A manager is a name together with how and through which subresource it writes. */
export interface Ownership {
  readonly manager: string;
  readonly operation: 'Apply' | 'Update';
  readonly subresource: string;
  readonly apiVersion: string;
  readonly time: string;
  readonly fields: FieldSet;
}

export type Writer = Omit<Ownership, 'fields'>;

/** The API server itself, when it writes a status in the course of another request. */
export function serverWriter(clock: Clock, apiVersion: string): Writer {
  const time = toSeconds(clock);
  return { manager: 'kube-apiserver', operation: 'Update', subresource: 'status', apiVersion, time };
}

export function readOwners(object: StoredObject | undefined): readonly Ownership[] {
  const entries: readonly Partial<ManagedFieldsEntry>[] = object?.metadata.managedFields ?? [];
  return entries.map((entry) => ({
    manager: entry.manager ?? 'unknown',
    operation: entry.operation ?? 'Update',
    subresource: entry.subresource ?? '',
    apiVersion: entry.apiVersion ?? '',
    time: entry.time ?? '',
    fields: decodeFields(entry.fieldsV1),
  }));
}

interface ManagedFieldsEntry {
  readonly manager: string;
  readonly operation: 'Apply' | 'Update';
  readonly apiVersion: string;
  readonly time: string;
  readonly fieldsType: 'FieldsV1';
  readonly fieldsV1: JsonObject;
  readonly subresource?: string;
}

export function writeOwners(owners: readonly Ownership[]): readonly ManagedFieldsEntry[] {
  return owners
    .filter(({ fields }) => fields.size > 0)
    .map(({ fields, subresource, ...entry }) => ({
      ...entry,
      fieldsType: 'FieldsV1',
      fieldsV1: encodeFields(fields),
      ...(subresource && { subresource }),
    }));
}

export function isSameManager(a: Writer, b: Writer): boolean {
  const isSame = a.manager === b.manager && a.operation === b.operation && a.subresource === b.subresource;
  // What is applied belongs to its manager in all versions, what is written in one of them.
  return isSame && (a.operation === 'Apply' || a.apiVersion === b.apiVersion);
}

/** Gives `writer` exactly these fields. An unchanged set keeps its time, so that a repeated write changes nothing. */
export function setOwned(
  owners: readonly Ownership[],
  writer: Writer,
  fields: FieldSet,
): readonly Ownership[] {
  const known = owners.find((owner) => isSameManager(owner, writer));
  if (known === undefined) return [...owners, { ...writer, fields }];
  if (known.fields.size === fields.size && fields.isSubsetOf(known.fields)) return owners;
  return owners.map((owner) => (owner === known ? { ...writer, fields } : owner));
}

/** After a plain write: what it changed is the writer's alone, what it removed is nobody's. */
export function ownersAfterUpdate(
  type: ResourceType,
  before: StoredObject | undefined,
  after: JsonObject,
  writer: Writer,
): readonly Ownership[] {
  const old: ReadonlyMap<string, Json> = before === undefined ? new Map() : flatten(type, before, true);
  const { changed, removed } = compareFields(old, flatten(type, after, true));
  const owners = readOwners(before);
  const own = owners.find((owner) => isSameManager(owner, writer))?.fields ?? new Set<string>();
  const others = owners.map((owner) =>
    isSameManager(owner, writer)
      ? owner
      : { ...owner, fields: owner.fields.difference(changed).difference(removed) },
  );
  return setOwned(others, writer, own.union(changed).difference(removed));
}
