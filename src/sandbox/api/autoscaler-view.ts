import { ApiError } from '../api-error.ts';
import type { ResourceType, StoredObject } from '../store.ts';

/** As untyped as the object it is part of. */
type Part = StoredObject[string];

const prefix = 'autoscaling.alpha.kubernetes.io/';
const isV1 = (type: ResourceType): boolean =>
  type.kind === 'HorizontalPodAutoscaler' && type.version === 'v1';

/**
 * An autoscaler as autoscaling/v1 has it: only the target of processor use has a field, everything else is JSON in
 * annotations. Stored is the v2 form.
 */
export function autoscalerView(type: ResourceType, object: StoredObject): StoredObject {
  if (!isV1(type)) return object;
  const { metrics = [], behavior, ...spec } = object.spec ?? {};
  const { conditions = [], currentMetrics: _metrics, ...status } = object.status ?? {};
  const list: readonly Part[] = metrics;
  const cpu = list.find(isCpu);
  const extras = {
    ...notes('metrics', list.filter((metric) => !isCpu(metric)).map(metricOfV1)),
    ...notes('conditions', conditions),
    ...(behavior !== undefined && { [`${prefix}behavior`]: JSON.stringify(behavior) }),
  };
  const annotations = { ...object.metadata.annotations, ...extras };
  return {
    ...object,
    metadata: {
      ...object.metadata,
      ...(Object.keys(annotations).length > 0 && { annotations }),
    },
    spec: {
      ...spec,
      ...(cpu && { targetCPUUtilizationPercentage: cpu.resource.target.averageUtilization }),
    },
    status: { currentReplicas: 0, desiredReplicas: 0, ...status },
  };
}

/** An autoscaler of v1 as v2 stores it. */
export function autoscalerToStore(type: ResourceType, object: StoredObject): StoredObject {
  if (!isV1(type) || object.spec === undefined) return object;
  const { targetCPUUtilizationPercentage, ...spec } = object.spec;
  const annotations = Object.keys(object.metadata.annotations ?? {});
  if (annotations.some((name) => name === `${prefix}metrics` || name === `${prefix}behavior`)) {
    const why = 'metrics or behavior of an autoscaler through autoscaling/v1: use autoscaling/v2';
    throw new ApiError('NotImplemented', `the sandbox does not write ${why}`);
  }
  const target = { type: 'Utilization', averageUtilization: targetCPUUtilizationPercentage };
  const metrics = [{ type: 'Resource', resource: { name: 'cpu', target } }];
  const apiVersion = 'autoscaling/v2';
  return {
    ...object,
    apiVersion,
    spec: { ...spec, ...(targetCPUUtilizationPercentage !== undefined && { metrics }) },
  };
}

function notes(name: string, list: readonly unknown[]): Readonly<Record<string, string>> {
  return list.length === 0 ? {} : { [`${prefix}${name}`]: JSON.stringify(list) };
}

function isCpu({ type, resource }: Part): boolean {
  return type === 'Resource' && resource?.name === 'cpu' && resource.target?.averageUtilization !== undefined;
}

function metricOfV1({ type, resource }: Part): Part {
  if (type !== 'Resource') {
    throw new ApiError('NotImplemented', `the sandbox does not show ${type} metrics as autoscaling/v1`);
  }
  const { name, target } = resource;
  return {
    type,
    resource: {
      name,
      ...(target.averageUtilization !== undefined && { targetAverageUtilization: target.averageUtilization }),
      ...(target.averageValue !== undefined && { targetAverageValue: target.averageValue }),
    },
  };
}
