import { at } from '../../base/index.ts';
import { type KubeObject, selectsLabels } from '../../cluster/index.ts';
import { podLabels } from './pod-template.ts';
import type { FoundServices } from './services.ts';

/** On an object beside the app: whether it is applied before the candidate starts, or after it was promoted. */
const applyAnnotation = 'streamgate.io/apply';

/** Objects beside the app, by when they are applied. Never undone, never pruned. */
export interface OtherObjects {
  readonly others: readonly KubeObject[];
  readonly later: readonly KubeObject[];
}

export function sortOthers(objects: readonly KubeObject[], problems: string[]): OtherObjects {
  const others: KubeObject[] = [];
  const later: KubeObject[] = [];
  for (const object of objects) {
    const when = object.metadata.annotations?.[applyAnnotation] ?? 'before';
    if (when === 'after') later.push(object);
    else others.push(object);
    if (when === 'before' || when === 'after') continue;
    problems.push(
      `${object.kind} ${object.metadata.name} has annotation ${applyAnnotation}: ${String(when)}; it knows \`before\` and \`after\``,
    );
  }
  return { others, later };
}

/** Kinds whose pods may be meant to serve. The pods of a Job are not, even where their labels say so. */
const servingKinds: readonly string[] = ['Deployment', 'StatefulSet', 'DaemonSet', 'ReplicaSet'];

/** A Service that moves with the release must reach this one workload alone: the pods of any other would be lost to it. */
export function sharedPodProblems(
  objects: readonly KubeObject[],
  { entry, followers }: FoundServices,
): string[] {
  return objects
    .filter(({ kind }) => servingKinds.includes(kind))
    .flatMap((object) => {
      const labels = podLabels(object);
      return [entry, ...followers]
        .filter(
          (service) =>
            service.metadata.namespace === object.metadata.namespace &&
            selectsLabels(at(service, 'spec', 'selector'), labels),
        )
        .map(
          ({ metadata }) =>
            `Service ${metadata.name} also selects the pods of ${object.kind} ${object.metadata.name}, which it would lose while it moves: give it a selector that only the released pods match`,
        );
    });
}
