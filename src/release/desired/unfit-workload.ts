import type { KubeObject } from '../../cluster/index.ts';

/** Why pods of these kinds cannot stand beside a second version of themselves. */
const reasons: Readonly<Record<string, string>> = {
  StatefulSet: 'its pods have names and disks of their own, which two versions would have to share',
  DaemonSet: 'it has one pod on each node, and nothing moves traffic between two of them',
  ReplicationController: 'it was replaced by Deployment long ago: make it one',
  ReplicaSet: 'it knows no versions: make it a Deployment',
  Rollout: 'Argo Rollouts steers its pods: go on releasing with that, or make it a Deployment',
  Pod: 'nothing would start it again: make it a Deployment',
};

/** What to say of an app that is no Deployment; undefined when there is one of its name, or nothing of its name. */
export function findUnfitWorkload(objects: readonly KubeObject[], app: string): string | undefined {
  const named = objects.filter(({ metadata }) => metadata.name === app);
  if (named.some(({ kind }) => kind === 'Deployment')) return undefined;
  const unfit = named.find(({ kind }) => Object.hasOwn(reasons, kind));
  if (unfit === undefined) return undefined;
  return `${unfit.kind} ${app} cannot be released blue-green: ${reasons[unfit.kind]}`;
}
