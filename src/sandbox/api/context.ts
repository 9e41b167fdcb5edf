import type { Clock, Log } from '../../base/index.ts';
import { invalid } from '../api-error.ts';
import type { InjectedFaults } from '../faults-injected.ts';
import { apiVersionOf, type Catalog, storageKey } from '../resources.ts';
import type { Runtime } from '../runtime/runtime.ts';
import type { ResourceType, Store, StoredObject } from '../store.ts';
import { autoscalerToStore, autoscalerView } from './autoscaler-view.ts';
import { eventToStore, eventView } from './event-view.ts';
import { unsupported } from './field-errors.ts';

/** What every verb works with. */
export interface ApiContext {
  readonly store: Store;
  readonly catalog: Catalog;
  readonly clock: Clock;
  readonly log: Log;
  readonly faults: InjectedFaults;
  /** Undefined while there is none: the API alone serves objects. */
  runtime(): Runtime | undefined;
}

/** One request to a kind that is known. */
export interface Scope {
  readonly type: ResourceType;
  readonly namespace: string;
  readonly name: string;
  readonly subresource: string;
  readonly query: URLSearchParams;
  /** Field manager: as the request names it, else the program in its user agent. */
  readonly manager: string;
}

/** `verb` names the options in the error: `Create`, `Update`, `Patch`, `Delete`. */
export function checkDryRun(query: URLSearchParams, verb: string): void {
  const asked = query.getAll('dryRun');
  if (asked.every((value) => value === 'All')) return;
  throw invalid({ group: 'meta.k8s.io', kind: `${verb}Options` }, '', [
    unsupported('dryRun', asked, ['All']),
  ]);
}

export function isDryRun(query: URLSearchParams): boolean {
  return query.get('dryRun') === 'All';
}

export function hasStatus(type: ResourceType): boolean {
  return type.subresources.includes('status');
}

/** The version in which objects are stored, whichever version a request speaks. */
export function storageType(catalog: Catalog, type: ResourceType): ResourceType {
  return catalog.all().find((candidate) => storageKey(candidate) === storageKey(type)) ?? type;
}

/** An object as a request through `type` sees it. */
export function viewOf(type: ResourceType, object: StoredObject): StoredObject {
  const apiVersion = apiVersionOf(type);
  if (object.apiVersion === apiVersion) return object;
  return { ...autoscalerView(type, eventView(type, object)), apiVersion };
}

/** An object of any version as it is stored. */
export function toStored(type: ResourceType, object: StoredObject): StoredObject {
  return autoscalerToStore(type, eventToStore(type, object));
}

/** Kinds that are defined by a CustomResourceDefinition on a real cluster, where some rules differ. */
export function isCustom(type: ResourceType): boolean {
  return (
    type.group === 'gateway.networking.k8s.io' ||
    (type.group.includes('.') && !type.group.endsWith('.k8s.io'))
  );
}
