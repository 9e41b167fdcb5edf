import { fieldsAt } from '../../base/index.ts';
import type { KubeObject } from '../../cluster/index.ts';
import { autoscalerKind, targetOf } from '../slots/slot-autoscaler.ts';
import { budgetKind, coversLabels } from '../slots/slot-budget.ts';
import { podLabels } from './pod-template.ts';

/** Objects of the manifests that go with the pods of the app, and so have to follow them from slot to slot. */
export interface SortedCompanions {
  /** At most one: two would pull the same pods in two directions. */
  readonly autoscalers: readonly KubeObject[];
  readonly budgets: readonly KubeObject[];
  readonly rest: readonly KubeObject[];
}

/** Sorts autoscalers and disruption budgets of the workload out of the other objects. */
export function sortCompanions(
  others: readonly KubeObject[],
  workload: KubeObject,
  problems: string[],
): SortedCompanions {
  const { name } = workload.metadata;
  const labels = podLabels(workload);
  const autoscalers = others.filter((object) => isAutoscaler(object) && targetOf(object) === name);
  const budgets = others.filter((object) => object.kind === budgetKind.kind && coversLabels(object, labels));
  if (autoscalers.length > 1) {
    problems.push(
      `Deployment ${name} has ${autoscalers.length} autoscalers (${autoscalers.map(({ metadata }) => metadata.name).join(', ')}), which would work against each other: keep one of them`,
    );
  }
  return {
    autoscalers: autoscalers.map(inVersion2),
    budgets,
    rest: others.filter((object) => !autoscalers.includes(object) && !budgets.includes(object)),
  };
}

function isAutoscaler({ apiVersion, kind }: KubeObject): boolean {
  return kind === autoscalerKind.kind && apiVersion.startsWith('autoscaling/');
}

/** Version 1 knows one metric, in a field of its own: autoscaling/v2 writes it as one of many. */
function inVersion2(autoscaler: KubeObject): KubeObject {
  if (autoscaler.apiVersion !== 'autoscaling/v1') return { ...autoscaler, ...autoscalerKind };
  const { targetCPUUtilizationPercentage: share, ...spec } = fieldsAt(autoscaler, 'spec');
  const target = { type: 'Utilization', averageUtilization: share };
  const metrics =
    share === undefined ? {} : { metrics: [{ type: 'Resource', resource: { name: 'cpu', target } }] };
  return { ...autoscaler, ...autoscalerKind, spec: { ...spec, ...metrics } };
}
