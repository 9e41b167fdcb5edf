import type { ResourceType, StoredObject } from '../store.ts';

/** Core v1 Events and those of events.k8s.io are the same objects under other names. */
const names: readonly (readonly [core: string, renamed: string])[] = [
  ['involvedObject', 'regarding'],
  ['message', 'note'],
  ['source', 'deprecatedSource'],
  ['firstTimestamp', 'deprecatedFirstTimestamp'],
  ['lastTimestamp', 'deprecatedLastTimestamp'],
  ['count', 'deprecatedCount'],
  ['reportingComponent', 'reportingController'],
];

/** An event as the group of the request names its fields. */
export function eventView(type: ResourceType, event: StoredObject): StoredObject {
  return type.group === 'events.k8s.io' ? rename(event, new Map(names)) : event;
}

/** An event of either group as core v1 stores it. */
export function eventToStore(type: ResourceType, event: StoredObject): StoredObject {
  if (type.group !== 'events.k8s.io') return event;
  return rename(event, new Map(names.map(([core, renamed]) => [renamed, core])));
}

function rename(event: StoredObject, to: ReadonlyMap<string, string>): StoredObject {
  const { apiVersion, kind, metadata, ...fields } = event;
  const renamed = Object.entries(fields).map(([field, value]) => [to.get(field) ?? field, value]);
  return { apiVersion, kind, metadata, ...Object.fromEntries(renamed) };
}
