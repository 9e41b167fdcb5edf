import { resources } from '../resources.ts';
import type { StoredObject } from '../store.ts';
import { type Decision, decide, type Recommendation } from './autoscaler-decision.ts';
import { putCondition } from './conditions.ts';
import { type ControllerContext, follow, namespaceOf, writeStatus } from './controller.ts';
import { createEventRecorder } from './events.ts';
import { type Condition, matchesSelector, selectorText } from './labels.ts';
import { findScaleTarget, type ScaleTarget, writeScale } from './scale-target.ts';
import { timestamp } from './timestamps.ts';
import { createWorkQueue } from './work-queue.ts';

/** The HorizontalPodAutoscalers of a sandbox. There are no metrics: a test says what they would ask for. */
export interface Autoscalers {
  /** Undefined: the metrics are not to be had, as at the start. */
  setDesiredReplicas(namespace: string, name: string, replicas: number | undefined): void;
  stop(): void;
}

const defaultScaleDownWindowSeconds = 300;

/** Moves each workload to the size that its autoscaler's metrics ask for, within the limits, and says how it went. */
export function startAutoscalerController(context: ControllerContext): Autoscalers {
  const { store, clock, log } = context;
  const type = resources.horizontalpodautoscalers;
  const record = createEventRecorder(store, clock, 'horizontal-pod-autoscaler');
  const queue = createWorkQueue(clock, log, 'HorizontalPodAutoscaler', reconcile);
  const asked = new Map<string, number>();
  const recommendations = new Map<string, readonly Recommendation[]>();

  function reconcile(namespace: string, name: string): void {
    const scaler = store.get(type, namespace, name);
    if (scaler === undefined || scaler.metadata.deletionTimestamp !== undefined) return;
    const target = findScaleTarget(store, namespace, scaler.spec.scaleTargetRef);
    if ('missing' in target) {
      const message = `the HPA controller was unable to get the target's current scale: ${target.missing}`;
      record(scaler, 'Warning', 'FailedGetScale', target.missing);
      report(scaler, [{ type: 'AbleToScale', status: 'False', reason: 'FailedGetScale', message }]);
      return;
    }
    const current = target.object.spec.replicas ?? 1;
    const found: Condition = {
      type: 'AbleToScale',
      status: 'True',
      reason: 'SucceededGetScale',
      message: "the HPA controller was able to get the target's current scale",
    };
    const { min, max } = limitsOf(scaler);
    if (current === 0 && min !== 0) {
      const message = 'scaling is disabled since the replica count of the target is zero';
      report(
        scaler,
        [found, { type: 'ScalingActive', status: 'False', reason: 'ScalingDisabled', message }],
        { currentReplicas: undefined, desiredReplicas: 0 },
      );
    } else if (current > max) {
      rescale(scaler, target, current, { replicas: max, conditions: [found] }, 'above Spec.MaxReplicas');
    } else if (current < min) {
      rescale(scaler, target, current, { replicas: min, conditions: [found] }, 'below Spec.MinReplicas');
    } else {
      followMetrics(scaler, target, current, found);
    }
  }

  function followMetrics(scaler: StoredObject, target: ScaleTarget, current: number, found: Condition): void {
    const { uid, name } = scaler.metadata;
    const key = keyOf(namespaceOf(scaler), name);
    const recent = recommendations.get(uid) ?? [{ atMs: clock.monotonic(), replicas: current }];
    const wanted = asked.get(key);
    const problem = ambiguity(scaler, target) ?? (wanted === undefined ? withoutMetrics : undefined);
    if (problem !== undefined || wanted === undefined) {
      recommendations.set(uid, recent);
      record(scaler, 'Warning', problem?.reason ?? '', problem?.event ?? '');
      const inactive = {
        type: 'ScalingActive',
        status: 'False',
        reason: problem?.reason ?? '',
        message: problem?.message ?? '',
      };
      record(scaler, 'Warning', 'FailedComputeMetricsReplicas', problem?.summary ?? '');
      report(scaler, [found, inactive], { currentReplicas: current });
      return;
    }
    const limits = limitsOf(scaler);
    const now = clock.monotonic();
    const kept = [...recent, { atMs: now, replicas: wanted }].filter(
      ({ atMs }) => now - atMs < limits.scaleDownWindowMs,
    );
    recommendations.set(uid, kept);
    const decision = decide(current, wanted, kept, limits, now);
    if (decision.againInMs !== undefined) queue.add(namespaceOf(scaler), name, decision.againInMs);
    const active: Condition = {
      type: 'ScalingActive',
      status: 'True',
      reason: 'ValidMetricFound',
      message: 'the HPA was able to successfully calculate a replica count from the metrics of the sandbox',
    };
    rescale(scaler, target, current, { ...decision, conditions: [active, ...decision.conditions] });
  }

  /** Since Kubernetes 1.26 no autoscaler moves pods that another one moves, too. */
  function ambiguity(scaler: StoredObject, { object }: ScaleTarget) {
    const namespace = namespaceOf(scaler);
    const pods = store
      .list(resources.pods, namespace)
      .filter((pod) => matchesSelector(object.spec.selector, pod.metadata.labels));
    const rivals = store.list(type, namespace).filter((other) => {
      const target = findScaleTarget(store, namespace, other.spec.scaleTargetRef);
      const selector = 'missing' in target ? undefined : target.object.spec.selector;
      return selector !== undefined && pods.some((pod) => matchesSelector(selector, pod.metadata.labels));
    });
    if (rivals.length < 2) return undefined;
    const names = rivals.map(({ metadata }) => `${namespace}/${metadata.name}`).join(' ');
    const message = `pods by selector ${selectorText(object.spec.selector)} are controlled by multiple HPAs: [${names}]`;
    return { reason: 'AmbiguousSelector', message, event: message, summary: message };
  }

  function rescale(
    scaler: StoredObject,
    target: ScaleTarget,
    current: number,
    { replicas, conditions }: Decision,
    limit?: string,
  ): void {
    if (replicas === current) {
      report(scaler, conditions, { currentReplicas: current, desiredReplicas: replicas });
      return;
    }
    const why = limit === undefined ? 'as the metrics ask for' : `Current number of replicas ${limit}`;
    writeScale(store, clock, target, replicas);
    record(scaler, 'Normal', 'SuccessfulRescale', `New size: ${replicas}; reason: ${why}`);
    const done: Condition = {
      type: 'AbleToScale',
      status: 'True',
      reason: 'SucceededRescale',
      message: `the HPA controller was able to update the target scale to ${replicas}`,
    };
    const others = conditions.filter((condition) => condition.type !== done.type);
    report(scaler, [done, ...others], {
      currentReplicas: current,
      desiredReplicas: replicas,
      lastScaleTime: timestamp(clock),
    });
  }

  function report(
    scaler: StoredObject,
    next: readonly Condition[],
    counts: Partial<StoredObject> = {},
  ): void {
    const before: readonly Condition[] = scaler.status?.conditions ?? [];
    const conditions = next.reduce((list, condition) => putCondition(list, condition, clock), before);
    writeStatus(store, type, scaler, { currentMetrics: null, ...scaler.status, ...counts, conditions });
  }

  const lookAtAll = (namespace: string) => {
    for (const scaler of store.list(type, namespace)) queue.add(namespace, scaler.metadata.name);
  };
  const targets = [resources.deployments, resources.replicasets, resources.statefulsets];
  const stops = [
    follow(store, type, (scaler) => lookAtAll(namespaceOf(scaler))),
    ...targets.map((kind) => store.subscribe(kind, ({ object }) => lookAtAll(namespaceOf(object)))),
    store.subscribe(resources.pods, ({ type: change, object, previous }) => {
      if (change !== 'MODIFIED' || object.metadata.labels !== previous?.metadata.labels)
        lookAtAll(namespaceOf(object));
    }),
  ];
  return {
    setDesiredReplicas(namespace, name, replicas) {
      if (replicas === undefined) asked.delete(keyOf(namespace, name));
      else asked.set(keyOf(namespace, name), replicas);
      queue.add(namespace, name);
    },
    stop() {
      for (const stop of stops) stop();
      queue.stop();
    },
  };
}

const noMetrics =
  'failed to get cpu utilization: unable to get metrics for resource cpu: unable to fetch metrics from resource metrics API: the server could not find the requested resource (get pods.metrics.k8s.io)';
const withoutMetrics = {
  reason: 'FailedGetResourceMetric',
  message: `the HPA was unable to compute the replica count: ${noMetrics}`,
  event: noMetrics,
  summary: `invalid metrics (1 invalid out of 1), first error is: failed to get cpu resource metric value: ${noMetrics}`,
} as const;

function limitsOf({ spec }: StoredObject) {
  const seconds = spec.behavior?.scaleDown?.stabilizationWindowSeconds ?? defaultScaleDownWindowSeconds;
  return { min: spec.minReplicas ?? 1, max: spec.maxReplicas ?? 1, scaleDownWindowMs: seconds * 1_000 };
}

function keyOf(namespace: string, name: string): string {
  return `${namespace}/${name}`;
}
