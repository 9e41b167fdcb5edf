import type { KubeObject } from '../../src/cluster/index.ts';

type Fields = Readonly<Record<string, unknown>>;

/** A HorizontalPodAutoscaler as a user has it in the manifests: for the Deployment of the manifests. */
export function autoscaler(
  change: {
    readonly min?: number;
    readonly max?: number;
    readonly target?: string;
    readonly spec?: Fields;
  } = {},
): KubeObject {
  const target = { type: 'Utilization', averageUtilization: 70 };
  return {
    apiVersion: 'autoscaling/v2',
    kind: 'HorizontalPodAutoscaler',
    metadata: { name: 'shop' },
    spec: {
      scaleTargetRef: { apiVersion: 'apps/v1', kind: 'Deployment', name: change.target ?? 'shop' },
      minReplicas: change.min ?? 2,
      maxReplicas: change.max ?? 10,
      metrics: [{ type: 'Resource', resource: { name: 'cpu', target } }],
      ...change.spec,
    },
  };
}

/** A PodDisruptionBudget for the pods of the app. */
export function budget(spec: Fields = { minAvailable: 1 }): KubeObject {
  return {
    apiVersion: 'policy/v1',
    kind: 'PodDisruptionBudget',
    metadata: { name: 'shop' },
    spec: { selector: { matchLabels: { app: 'shop' } }, ...spec },
  };
}
