import { at } from '../../base/index.ts';
import type { StoredObject } from '../store.ts';

type Labels = Readonly<Record<string, string>>;

interface LabelSelector {
  readonly matchLabels?: Labels;
  readonly matchExpressions?: readonly {
    readonly key: string;
    readonly operator: string;
    readonly values?: readonly string[];
  }[];
}

/** The flat selector of a Service. An empty one selects nothing. */
export function matchesLabels(selector: Labels | undefined, labels: Labels | undefined): boolean {
  const wanted = Object.entries(selector ?? {});
  return wanted.length > 0 && wanted.every(([key, value]) => labels?.[key] === value);
}

/** The selector of a workload: all of its labels and all of its expressions. An empty one selects everything. */
export function matchesSelector(selector: LabelSelector | undefined, labels: Labels | undefined): boolean {
  const equal = Object.entries(selector?.matchLabels ?? {}).every(([key, value]) => labels?.[key] === value);
  return equal && (selector?.matchExpressions ?? []).every((expression) => holds(expression, labels));
}

function holds(
  expression: { readonly key: string; readonly operator: string; readonly values?: readonly string[] },
  labels: Labels | undefined,
): boolean {
  const value = labels?.[expression.key];
  switch (expression.operator) {
    case 'Exists':
      return value !== undefined;
    case 'DoesNotExist':
      return value === undefined;
    case 'In':
      return value !== undefined && (expression.values ?? []).includes(value);
    case 'NotIn':
      return value === undefined || !(expression.values ?? []).includes(value);
    default:
      return false;
  }
}

/** A selector as a query names it, in the order of its keys: `app=shop,tier in (a,b),!old`. */
export function selectorText(selector: LabelSelector | undefined): string {
  const equal = Object.entries(selector?.matchLabels ?? {}).map(([key, value]) => ({
    key,
    text: `${key}=${value}`,
  }));
  const expressions = (selector?.matchExpressions ?? []).map(({ key, operator, values = [] }) => {
    const list = `(${[...values].sort().join(',')})`;
    if (operator === 'Exists') return { key, text: key };
    if (operator === 'DoesNotExist') return { key, text: `!${key}` };
    return { key, text: `${key} ${operator.toLowerCase()} ${list}` };
  });
  return [...equal, ...expressions]
    .sort((a, b) => (a.key < b.key ? -1 : 1))
    .map(({ text }) => text)
    .join(',');
}

/** Whether the object is controlled by this owner. */
export function isControlledBy(object: StoredObject, owner: StoredObject): boolean {
  return controllerOf(object)?.uid === owner.metadata.uid;
}

export function controllerOf(object: StoredObject) {
  return object.metadata.ownerReferences?.find((reference) => reference.controller === true);
}

export function controllerReference(owner: StoredObject) {
  return {
    apiVersion: owner.apiVersion,
    kind: owner.kind,
    name: owner.metadata.name,
    uid: owner.metadata.uid,
    controller: true,
    blockOwnerDeletion: true,
  };
}

/** The status of one condition: `True`, `False`, `Unknown`, or undefined. */
export function conditionStatus(object: StoredObject, type: string): string | undefined {
  return findCondition(object, type)?.status;
}

export interface Condition {
  readonly type: string;
  readonly status: string;
  readonly reason?: string;
  readonly message?: string;
  readonly lastTransitionTime?: string;
  readonly lastUpdateTime?: string;
  readonly observedGeneration?: number;
}

export function findCondition(object: StoredObject, type: string): Condition | undefined {
  const conditions = at(object, 'status', 'conditions');
  return Array.isArray(conditions) ? conditions.find((condition) => condition.type === type) : undefined;
}
