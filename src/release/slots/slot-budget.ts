import { at, fieldsAt, isJsonObject, type JsonObject, listAt } from '../../base/index.ts';
import type { KubeObject, ObjectRef } from '../../cluster/index.ts';
import { type Names, type Slot, slotLabel } from './names.ts';
import { ourMeta } from './slot-objects.ts';

export const budgetKind = { apiVersion: 'policy/v1', kind: 'PodDisruptionBudget' };

type Labels = Readonly<Record<string, unknown>>;

/** Name of the second budget that a release makes for its candidate. */
export function slotBudgetRef(names: Names, budget: string, slot: Slot): ObjectRef {
  return { ...budgetKind, namespace: names.namespace, name: `${budget}-${slot}` };
}

/** The budget of one side while two stand: the user's, for the pods of one slot. */
export function slotBudget(budget: KubeObject, names: Names, slot: Slot, token: number): KubeObject {
  const { name } = slotBudgetRef(names, budget.metadata.name, slot);
  return {
    ...budgetKind,
    metadata: ourMeta(names, name, slot, token),
    spec: narrowedSpec(budget.spec, slot),
  };
}

/** The user's budget as it stands under its own name: for the pods of the slot that serves. */
export function narrowed(budget: KubeObject, slot: Slot): KubeObject {
  return { ...budget, spec: narrowedSpec(budget.spec, slot) };
}

/** What a budget asks for, of the pods of one slot alone. */
export function narrowedSpec(spec: unknown, slot: Slot): JsonObject {
  const matchLabels = { ...fieldsAt(spec, 'selector', 'matchLabels'), [slotLabel]: slot };
  return { ...fieldsAt(spec), selector: { ...fieldsAt(spec, 'selector'), matchLabels } };
}

/** Slot that a budget is for; undefined when it takes the pods of both. */
export function slotOf(budget: KubeObject): string | undefined {
  const slot = at(budget, 'spec', 'selector', 'matchLabels', slotLabel);
  return typeof slot === 'string' ? slot : undefined;
}

/** Whether a budget counts pods with these labels, whatever their slot. One with an empty selector takes every pod. */
export function coversLabels(budget: KubeObject, labels: Labels): boolean {
  const selector = at(budget, 'spec', 'selector');
  if (!isJsonObject(selector)) return false;
  const given = Object.entries(selector.matchLabels ?? {}).filter(([key]) => key !== slotLabel);
  const expressions = listAt(selector.matchExpressions);
  return (
    given.every(([key, value]) => labels[key] === value) &&
    expressions.every((expression) => holds(expression, labels))
  );
}

/** One of `matchExpressions`; an operator that we do not know holds for nothing. */
function holds(expression: unknown, labels: Labels): boolean {
  const value = labels[String(at(expression, 'key'))];
  const listed = value !== undefined && listAt(expression, 'values').includes(value);
  switch (at(expression, 'operator')) {
    case 'In':
      return listed;
    case 'NotIn':
      return !listed;
    case 'Exists':
      return value !== undefined;
    case 'DoesNotExist':
      return value === undefined;
    default:
      return false;
  }
}
