import { groupOf, type KubeObject } from '../../cluster/index.ts';

/** Groups in which a kind is the one that a release moves: Knative has its own Service, and Linkerd its own HTTPRoute. */
const groups: Readonly<Record<string, readonly string[]>> = {
  Deployment: ['apps', 'extensions'],
  Service: [''],
  HTTPRoute: ['gateway.networking.k8s.io'],
};

/** Whether it may be a part of the app that a release writes itself, and not only applies. */
export function isPart({ apiVersion, kind }: KubeObject): boolean {
  return Object.hasOwn(groups, kind) && groups[kind]?.includes(groupOf(apiVersion)) === true;
}

/** What has no name of its own cannot be applied: the server would make another one each time. */
export function nameProblems({ kind, metadata }: KubeObject): string[] {
  if (typeof metadata.name === 'string' && metadata.name !== '') return [];
  return [`${kind} ${metadata.generateName ?? ''}… has no name of its own: give it one in metadata.name`];
}

/** What there is instead of a part that is missing, so that a misspelt kind or group is seen at once. */
export function noneAmong(objects: readonly KubeObject[]): string {
  const kinds = [...new Set(objects.map(({ apiVersion, kind }) => `${kind} (${apiVersion})`))];
  if (kinds.length === 0) return 'no objects at all';
  const shown = kinds.slice(0, 8).join(', ');
  return `none, only ${shown}${kinds.length > 8 ? ' and more' : ''}`;
}

/** Those of the release's own namespace; all, when none is: what is wrong with that is told elsewhere. */
export function preferHome(objects: readonly KubeObject[], namespace: string): readonly KubeObject[] {
  const home = objects.filter(({ metadata }) => metadata.namespace === namespace);
  return home.length > 0 ? home : objects;
}
