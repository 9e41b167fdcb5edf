import { at, listAt, parseQuantity } from '../../base/index.ts';
import type { KubeObject } from '../../cluster/index.ts';
import { type ContainerDefaults, isBestEffort, isCompute, podDemand } from './pod-demand.ts';

/** Pods of one template. */
export interface PodSet {
  readonly template: unknown;
  readonly count: number;
}

export interface RoomQuestion {
  readonly quota: KubeObject;
  /** The candidate at the size that it is to have. */
  readonly wanted: PodSet;
  /** What stands in its slot and makes room first. */
  readonly freed: PodSet;
  /** Objects that a release makes beside, by the name that quotas have for them: `services`. */
  readonly objects: Readonly<Record<string, number>>;
  readonly defaults: ContainerDefaults;
}

/** What a quota has no room for, one part of a sentence each: `requests.cpu: 3 used and 2 more, of 4`. */
export function findShortages({ quota, wanted, freed, objects, defaults }: RoomQuestion): readonly string[] {
  if (!covers(quota, wanted.template, defaults)) return [];
  const hard = at(quota, 'status', 'hard') ?? at(quota, 'spec', 'hard') ?? {};
  return Object.entries(hard).flatMap(([name, value]) => {
    const limit = parseQuantity(String(value));
    const used = parseQuantity(String(at(quota, 'status', 'used', name) ?? '0')) ?? 0;
    const more = demandOf(name, wanted, objects, defaults);
    if (more === null) return [`${name}: a container of the pod says nothing of it, and no LimitRange does`];
    const less = Math.min(used, demandOf(name, freed, {}, defaults) ?? 0);
    // A thousandth of the smallest unit: sums of fractions are not exact.
    if (limit === undefined || more <= less || used - less + more <= limit + 1e-6) return [];
    return [`${name}: ${show(name, used - less)} used and ${show(name, more)} more, of ${show(name, limit)}`];
  });
}

/** Null when the quota wants to be told and the pods do not say. */
function demandOf(
  name: string,
  { template, count }: PodSet,
  objects: Readonly<Record<string, number>>,
  defaults: ContainerDefaults,
): number | null {
  if (name === 'pods' || name === 'count/pods') return count;
  if (!isCompute(name)) return objects[name.replace(/^count\//, '')] ?? 0;
  const each = podDemand(template, name, defaults);
  if (each !== null) return each * count;
  return mustBeSaid.test(name) && count > 0 ? null : 0;
}

/** Only for these does the API server insist on an answer. */
const mustBeSaid = /^(?:(?:requests|limits)\.)?(?:cpu|memory)$/;

/** Whether the pods fall under the scopes of a quota. */
function covers(quota: KubeObject, template: unknown, defaults: ContainerDefaults): boolean {
  const scopes = [
    ...listAt(quota, 'spec', 'scopes').map((scopeName) => ({ scopeName, operator: 'Exists' })),
    ...listAt(quota, 'spec', 'scopeSelector', 'matchExpressions'),
  ];
  return scopes.every((scope) => isIn(scope, template, defaults));
}

function isIn(scope: unknown, template: unknown, defaults: ContainerDefaults): boolean {
  const deadline = at(template, 'spec', 'activeDeadlineSeconds');
  switch (at(scope, 'scopeName')) {
    case 'Terminating':
      return deadline !== undefined;
    case 'NotTerminating':
      return deadline === undefined;
    case 'BestEffort':
      return isBestEffort(template, defaults);
    case 'NotBestEffort':
      return !isBestEffort(template, defaults);
    case 'PriorityClass':
      return hasPriority(scope, at(template, 'spec', 'priorityClassName'));
    default:
      return false;
  }
}

function hasPriority(scope: unknown, priority: unknown): boolean {
  const listed = listAt(scope, 'values').includes(priority);
  switch (at(scope, 'operator')) {
    case 'In':
      return listed;
    case 'NotIn':
      return !listed;
    case 'DoesNotExist':
      return priority === undefined;
    default:
      return priority !== undefined;
  }
}

/** An amount as people write it: `500m`, `1.5Gi`, `3`. */
function show(name: string, amount: number): string {
  if (/(?:memory|storage)$/.test(name)) return inBytes(amount);
  return Number.isInteger(amount) ? String(amount) : `${Math.round(amount * 1_000)}m`;
}

function inBytes(amount: number): string {
  const units = ['', 'Ki', 'Mi', 'Gi', 'Ti', 'Pi'];
  let rest = amount;
  let unit = 0;
  while (rest >= 1_024 && unit < units.length - 1) {
    rest /= 1_024;
    unit += 1;
  }
  return `${Math.round(rest * 100) / 100}${units[unit]}`;
}
