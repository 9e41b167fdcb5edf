import { fieldsAt } from '../../base/index.ts';
import type { KubeObject } from '../../cluster/index.ts';
import { inWords } from './part-problems.ts';
import { containersIn, podSpecOf, withPodSpec } from './pod-template.ts';

/** The workload with another image: `image` for its only container, or `container=image`. Unchanged, with a problem told, where none is meant. */
export function withImage(workload: KubeObject, image: string, problems: string[]): KubeObject {
  const match = /^([a-z0-9][a-z0-9-]*)=(.+)$/.exec(image);
  const containers = containersIn(podSpecOf(workload));
  const name = match?.[1] ?? containers[0]?.name;
  if (match === null && containers.length > 1) {
    problems.push(
      `image: the workload has the containers ${containers.map((entry) => inWords(entry.name)).join(', ')}; say which one: container=${image}`,
    );
  }
  if (!containers.some((container) => container.name === name)) {
    problems.push(`image: the workload has no container ${inWords(name)}`);
    return workload;
  }
  const changed = containers.map((container) =>
    container.name === name ? { ...container, image: match?.[2] ?? image } : container,
  );
  return withPodSpec(workload, { ...fieldsAt(podSpecOf(workload)), containers: changed });
}
