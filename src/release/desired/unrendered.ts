import { at } from '../../base/index.ts';
import type { KubeObject } from '../../cluster/index.ts';
import { containersIn, podSpecOf } from './pod-template.ts';

/** What tools fill in before anything is applied: `${TAG}`, `{{ tag }}`, `<%= tag %>`, `[YOUR REGISTRY]`. */
const placeholder = /\$\{[^}]*\}|\$\([^)]*\)|\{\{.*?\}\}|<%.*?%>|^\[[^\]]*\]/;

/** A reference as container runtimes read it: lower-case path, after a host that may have a port; tag and digest. */
const imageReference =
  /^(?:[A-Za-z0-9][A-Za-z0-9.-]*(?::\d+)?\/|\[[0-9a-fA-F:]+\](?::\d+)?\/)?[a-z0-9]+(?:(?:[._]|__|-+)[a-z0-9]+)*(?:\/[a-z0-9]+(?:(?:[._]|__|-+)[a-z0-9]+)*)*(?::[\w][\w.-]{0,127})?(?:@[A-Za-z][\w.+-]*:[0-9a-fA-F]+)?$/;

/** Where a placeholder was not filled in, though only a plain value can stand there. Scripts and settings may hold any. */
export function unrenderedProblems(object: KubeObject): string[] {
  const { kind, metadata } = object;
  const places: readonly (readonly [string, unknown])[] = [
    ['metadata.name', metadata.name],
    ['metadata.namespace', metadata.namespace],
    ...Object.entries(metadata.labels ?? {}).map(([key, value]) => [`label ${key}`, value] as const),
    ['spec.replicas', at(object, 'spec', 'replicas')],
    ['spec.type', at(object, 'spec', 'type')],
  ];
  return places
    .filter(([, value]) => typeof value === 'string' && placeholder.test(value))
    .map(([place, value]) => unfilled(`${kind} ${metadata.name}: ${place}`, value));
}

/** Images of the workload that no node could pull, whatever a registry has. */
export function imageProblems(workload: KubeObject): string[] {
  return (['initContainers', 'containers'] as const).flatMap((field) => {
    return containersIn(podSpecOf(workload), field).flatMap(({ name, image }) => {
      const subject = `Container ${String(name)} of Deployment ${workload.metadata.name}: its image`;
      // One that is missing is the server's to tell.
      if (typeof image !== 'string' || image === '') return [];
      if (placeholder.test(image)) return [unfilled(subject, image)];
      if (image.startsWith('ko://'))
        return [`${subject} ${image} is for \`ko\` to build: run \`ko resolve\`, and release what comes out`];
      if (imageReference.test(image)) return [];
      return [
        `${subject} ${image} is no reference that a node can read: write it as HOST/PATH:TAG, in lower case`,
      ];
    });
  });
}

function unfilled(subject: string, value: unknown): string {
  return `${subject} is ${String(value)}, a placeholder that nobody has filled in: render the manifests first, or give the value (an image with \`image\`)`;
}
