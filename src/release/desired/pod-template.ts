import { at, fieldsAt, isJsonObject, type JsonObject, listAt } from '../../base/index.ts';
import type { KubeObject } from '../../cluster/index.ts';

/** Labels of the pods that a workload makes. */
export function podLabels(workload: unknown): JsonObject {
  return fieldsAt(workload, 'spec', 'template', 'metadata', 'labels');
}

export function podSpecOf(workload: unknown): unknown {
  return at(workload, 'spec', 'template', 'spec');
}

/** The workload with another spec of its pods. */
export function withPodSpec(workload: KubeObject, podSpec: unknown): KubeObject {
  const template = { ...fieldsAt(workload, 'spec', 'template'), spec: podSpec };
  return { ...workload, spec: { ...fieldsAt(workload, 'spec'), template } };
}

/** One list of containers of a pod spec, as far as they are any. */
export function containersIn(
  podSpec: unknown,
  list: 'containers' | 'initContainers' = 'containers',
): readonly JsonObject[] {
  return listAt(podSpec, list).filter(isJsonObject);
}
