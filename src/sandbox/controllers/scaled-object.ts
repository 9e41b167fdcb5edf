import { resources } from '../resources.ts';
import type { ResourceType, StoredObject } from '../store.ts';
import { putCondition } from './conditions.ts';
import { follow, namespaceOf, type StartController, writeStatus } from './controller.ts';
import { type Condition, controllerReference, isControlledBy } from './labels.ts';
import { findScaleTarget, writeScale } from './scale-target.ts';
import { createWorkQueue } from './work-queue.ts';

/** KEDA's kind. A sandbox serves it from the first object on, as any kind that it does not know. */
const scaledObjects: ResourceType = {
  group: 'keda.sh',
  version: 'v1alpha1',
  resource: 'scaledobjects',
  kind: 'ScaledObject',
  namespaced: true,
  subresources: ['status'],
};

const paused = 'autoscaling.keda.sh/paused';
const pausedReplicas = 'autoscaling.keda.sh/paused-replicas';

/**
 * Does for each ScaledObject what KEDA's operator does: an autoscaler of its own, and none while it is paused. It never
 * scales to nothing by itself, as no trigger is ever asked.
 */
export const startScaledObjectController: StartController = (context) => {
  const { store, clock, log } = context;
  const scalers = resources.horizontalpodautoscalers;
  const queue = createWorkQueue(clock, log, 'ScaledObject', (namespace, name) => {
    const scaled = store.get(scaledObjects, namespace, name);
    if (scaled === undefined || scaled.metadata.deletionTimestamp !== undefined) return;
    const { annotations = {} } = scaled.metadata;
    const reference = { kind: 'Deployment', ...scaled.spec?.scaleTargetRef };
    const target = findScaleTarget(store, namespace, reference);
    const hpaName: string = scaled.spec?.advanced?.horizontalPodAutoscalerConfig?.name ?? `keda-hpa-${name}`;
    const fixed = annotations[pausedReplicas];
    const isPaused = fixed !== undefined || (annotations[paused] ?? 'false') !== 'false';
    if (isPaused || 'missing' in target) removeScaler(scaled, hpaName);
    else keepScaler(scaled, hpaName, { apiVersion: 'apps/v1', name: '', ...reference });
    if (fixed !== undefined && !('missing' in target) && target.object.spec.replicas !== Number(fixed))
      writeScale(store, clock, target, Number(fixed));
    report(scaled, hpaName, 'missing' in target ? target.missing : undefined, isPaused);
  });

  function keepScaler(scaled: StoredObject, name: string, scaleTargetRef: object): void {
    const namespace = namespaceOf(scaled);
    const { minReplicaCount = 0, maxReplicaCount = 100, triggers = [], advanced } = scaled.spec ?? {};
    const { behavior } = advanced?.horizontalPodAutoscalerConfig ?? {};
    const list: readonly StoredObject[] = triggers;
    const metrics = list.map(({ type, metricType = 'AverageValue' }, index) => ({
      type: 'External',
      external: {
        metric: {
          name: `s${index}-${type}`,
          selector: { matchLabels: { 'scaledobject.keda.sh/name': scaled.metadata.name } },
        },
        target: { type: metricType, averageValue: '1' },
      },
    }));
    const spec = {
      scaleTargetRef,
      minReplicas: Math.max(1, minReplicaCount),
      maxReplicas: maxReplicaCount,
      metrics,
      ...(behavior && { behavior }),
    };
    if (store.get(scalers, namespace, name) !== undefined) {
      store.update(scalers, namespace, name, (current) => ({ ...current, spec }));
      return;
    }
    const labels = {
      'app.kubernetes.io/managed-by': 'keda-operator',
      'app.kubernetes.io/name': name,
      'scaledobject.keda.sh/name': scaled.metadata.name,
    };
    store.create(scalers, {
      apiVersion: 'autoscaling/v2',
      kind: 'HorizontalPodAutoscaler',
      metadata: { name, namespace, labels, ownerReferences: [controllerReference(scaled)] },
      spec,
      status: { desiredReplicas: 0, currentMetrics: null },
    });
  }

  function removeScaler(scaled: StoredObject, name: string): void {
    const scaler = store.get(scalers, namespaceOf(scaled), name);
    if (scaler !== undefined && isControlledBy(scaler, scaled))
      store.remove(scalers, namespaceOf(scaled), name);
  }

  function report(
    scaled: StoredObject,
    hpaName: string,
    missing: string | undefined,
    isPaused: boolean,
  ): void {
    const next: readonly Condition[] = [
      missing === undefined
        ? {
            type: 'Ready',
            status: 'True',
            reason: 'ScaledObjectReady',
            message: 'ScaledObject is defined correctly and is ready for scaling',
          }
        : { type: 'Ready', status: 'False', reason: 'ScaledObjectCheckFailed', message: missing },
      { type: 'Paused', status: isPaused ? 'True' : 'False' },
    ];
    const before: readonly Condition[] = scaled.status?.conditions ?? [];
    writeStatus(store, scaledObjects, scaled, {
      ...scaled.status,
      ...(missing === undefined && { hpaName }),
      conditions: next.reduce((list, condition) => putCondition(list, condition, clock), before),
    });
  }

  const look = (scaled: StoredObject) => queue.add(namespaceOf(scaled), scaled.metadata.name);
  const stops = [
    follow(store, scaledObjects, look),
    // A user's change of an autoscaler that belongs to KEDA does not last.
    store.subscribe(scalers, ({ object }) =>
      store
        .list(scaledObjects, namespaceOf(object))
        .filter((owner) => isControlledBy(object, owner))
        .forEach(look),
    ),
    store.subscribe(resources.deployments, ({ type, object }) => {
      if (type !== 'MODIFIED') store.list(scaledObjects, namespaceOf(object)).forEach(look);
    }),
  ];
  return () => {
    for (const stop of stops) stop();
    queue.stop();
  };
};
