import { at } from '../../base/index.ts';
import { type Cluster, describeRef, type KubeObject, refOf, selectsLabels } from '../../cluster/index.ts';
import { liveSetsOf } from '../adoption/adopt-pods.ts';
import { findReaching } from '../adoption/find-reaching.ts';
import { ownSelector } from '../adoption/user-form.ts';
import { podLabels } from '../desired/pod-template.ts';
import { isInFlight } from '../journal/journal.ts';
import { entryRef, routeRef } from '../slots/names.ts';
import { podKind } from '../slots/pods.ts';
import { type Check, type Finding, refuse, type Situation } from './check.ts';

/** Whether the Deployment that runs can be taken over without a pod restarted and without a caller lost. */
export const findUnadoptable: Check = async (situation) => {
  const { running, journal, request } = situation;
  // One whose taking over has begun was looked at before that.
  if (running === undefined || isInFlight(journal?.release ?? null)) return [];
  return [
    ...stateFindings(running),
    ...(await ownerFindings(request.cluster, running)),
    ...(await entryFindings(situation, running)),
    ...(await serviceFindings(situation, running)),
  ];
};

function stateFindings(running: KubeObject): readonly Finding[] {
  const name = describeRef(refOf(running));
  const count = (field: string) => Number(at(running, 'status', field) ?? 0);
  const wanted = Number(at(running, 'spec', 'replicas') ?? 1);
  if (at(running, 'spec', 'paused') === true) {
    return [
      refuse(`${name} is paused`, `Resume it: kubectl rollout resume deployment/${running.metadata.name}`),
    ];
  }
  if (wanted === 0)
    return [
      refuse(`${name} has 0 replicas: nothing serves that could be taken over`, 'Scale it up, or delete it.'),
    ];
  const seenLast = count('observedGeneration') >= (running.metadata.generation ?? 0);
  const complete = ['replicas', 'updatedReplicas', 'availableReplicas'].every(
    (field) => count(field) === wanted,
  );
  if (seenLast && complete) return [];
  const seen = !seenLast
    ? 'its controller has not taken up the last change yet'
    : `${count('availableReplicas')} of ${wanted} pods available, ${count('updatedReplicas')} of the newest template, ${count('replicas')} there`;
  return [
    refuse(
      `${name} is in the middle of a rollout: ${seen}`,
      `Wait until it is done: kubectl rollout status deployment/${running.metadata.name}`,
    ),
  ];
}

/** What steers the Deployment already would fight with a release over it. */
async function ownerFindings(cluster: Cluster, running: KubeObject): Promise<readonly Finding[]> {
  const name = describeRef(refOf(running));
  const owner = (running.metadata.ownerReferences ?? []).find(({ controller }) => controller);
  const findings: Finding[] = [];
  if (owner !== undefined) {
    findings.push(
      refuse(
        `${name} belongs to ${owner.kind} ${owner.name}, which would undo what a release does`,
        `Release it through ${owner.kind} ${owner.name}, or take the Deployment out of its hands first.`,
      ),
    );
  }
  if ((await liveSetsOf(cluster, running)).length > 1)
    findings.push(refuse(`${name} has pods of more than one ReplicaSet`, 'Wait until its rollout is done.'));
  return findings;
}

/** The entry point must be there and lead to the pods that run: there is traffic to be kept. */
async function entryFindings(
  { request: { cluster }, names }: Situation,
  running: KubeObject,
): Promise<readonly Finding[]> {
  const entry = await cluster.get(entryRef(names));
  const findings: Finding[] = [];
  if (entry === undefined || !selectsLabels(ownSelector(entry), podLabels(running))) {
    findings.push(
      refuse(
        `${describeRef(entryRef(names))} ${entry === undefined ? 'is not there' : 'does not select the pods'} of Deployment ${running.metadata.name}, which runs`,
        'Apply a Service that leads to what runs, then release; or name the right one with `service`.',
      ),
    );
  }
  for (const route of names.routes) {
    if ((await cluster.get(routeRef(names, route))) !== undefined) continue;
    findings.push(
      refuse(
        `${describeRef(routeRef(names, route))} is not there, but Deployment ${running.metadata.name} runs`,
        'Apply the route first, so that what runs has its traffic before it moves.',
      ),
    );
  }
  return findings;
}

/** Every Service that reaches the pods has to name their slot: each must be ours to change, and reach nothing else. */
async function serviceFindings(
  { request: { cluster, desired } }: Situation,
  running: KubeObject,
): Promise<readonly Finding[]> {
  const next = podLabels(desired.workload);
  const findings: Finding[] = [];
  for (const service of await findReaching(cluster, running, next)) {
    const name = describeRef(refOf({ ...service, apiVersion: 'v1', kind: 'Service' }));
    const owner = (service.metadata.ownerReferences ?? []).find(({ controller }) => controller);
    if (owner !== undefined) {
      findings.push(
        refuse(
          `${name} reaches the pods of Deployment ${running.metadata.name} and belongs to ${owner.kind} ${owner.name}, which would undo what a release changes in it`,
          `Take the Service out of the hands of ${owner.kind} ${owner.name}, or let it select other pods.`,
        ),
      );
    }
    const lost = Object.entries(ownSelector(service)).filter(([key, value]) => next[key] !== value);
    if (lost.length > 0) {
      const pairs = lost.map(([key, value]) => `${key}=${String(value)}`).join(', ');
      findings.push(
        refuse(
          `${name} selects ${pairs}, which the pods of the manifests do not carry: it would reach nobody after the release`,
          'Keep these labels in the pod template, or take them out of the selector of the Service first.',
        ),
      );
    }
    findings.push(...(await sharedFindings(cluster, service, running)));
  }
  return findings;
}

/** Pods that a Service reaches beside those of the Deployment would be lost to it once it names a slot. */
async function sharedFindings(
  cluster: Cluster,
  service: KubeObject,
  running: KubeObject,
): Promise<readonly Finding[]> {
  const { namespace = '', name } = service.metadata;
  const pairs = Object.entries(ownSelector(service)).map(([key, value]) => `${key}=${String(value)}`);
  const pods = await cluster.list(podKind, { namespace, labelSelector: pairs.join(',') });
  const sets = new Set((await liveSetsOf(cluster, running)).map(({ metadata }) => metadata.uid));
  const others = pods.filter(
    (pod) =>
      !['Succeeded', 'Failed'].includes(String(at(pod, 'status', 'phase'))) &&
      pod.metadata.deletionTimestamp === undefined &&
      !(pod.metadata.ownerReferences ?? []).some(({ uid }) => sets.has(uid)),
  );
  if (others.length === 0) return [];
  const owners = new Set(
    others.map(({ metadata }) => {
      const [owner] = metadata.ownerReferences ?? [];
      return owner === undefined ? `no workload (${metadata.name})` : `${owner.kind} ${owner.name}`;
    }),
  );
  return [
    refuse(
      `Service ${namespace}/${name} also reaches pods of ${[...owners].sort().join(', ')}, which it would lose when it moves with Deployment ${running.metadata.name}`,
      'Give the Service a selector that only the pods of this Deployment match, or remove the other pods.',
    ),
  ];
}
