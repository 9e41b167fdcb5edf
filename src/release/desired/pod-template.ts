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

/**
 * What a whole pod takes, as the scheduler and quotas count it: containers and sidecars together, or an init container
 * with the sidecars that were started before it, if these take more. What its runtime class adds is not in it.
 * https://kubernetes.io/docs/concepts/workloads/pods/sidecar-containers/#resource-sharing-within-containers
 */
export function takenByPod(podSpec: unknown, takenBy: (container: JsonObject) => number): number {
  let sidecars = 0;
  let first = 0;
  for (const container of containersIn(podSpec, 'initContainers')) {
    const taken = takenBy(container);
    if (container.restartPolicy === 'Always') sidecars += taken;
    else first = Math.max(first, sidecars + taken);
  }
  const running = containersIn(podSpec).reduce((sum, container) => sum + takenBy(container), sidecars);
  return Math.max(running, first);
}
