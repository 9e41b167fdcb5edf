import { at } from '../../base/index.ts';
import { type Cluster, type KubeObject, selectorText } from '../../cluster/index.ts';
import type { Query } from '../proof/wait.ts';
import type { CandidatePod } from '../step.ts';
import { appLabel, deploymentRef, type Names, type Slot, slotLabel } from './names.ts';

export const podKind = { apiVersion: 'v1', kind: 'Pod' };
const sliceKind = { apiVersion: 'discovery.k8s.io/v1', kind: 'EndpointSlice' };
const deploymentKind = { apiVersion: 'apps/v1', kind: 'Deployment' };

export function deploymentQuery(names: Names, slot: Slot): Query {
  const { namespace, name } = deploymentRef(names, slot);
  return { kind: deploymentKind, options: { namespace, fieldSelector: `metadata.name=${name}` } };
}

/**
 * The pods of a slot, by the selector of its own Deployment. With none there, by that of the workload that it would be
 * made of; without either, none: the label of the slot alone stands on pods of other apps as well.
 */
export async function podQuery(
  cluster: Cluster,
  names: Names,
  slot: Slot,
  workload?: KubeObject,
): Promise<Query> {
  const deployment = await cluster.get(deploymentRef(names, slot));
  const given = at(workload, 'spec', 'selector') ?? { matchLabels: { [appLabel]: names.app } };
  const selector = at(deployment, 'spec', 'selector') ?? given;
  // Also where it is in the selector already: a Deployment that was taken over selects the pods of both slots.
  const labelSelector = `${selectorText(withoutSlot(selector))},${slotLabel}=${slot}`;
  return { kind: podKind, options: { namespace: names.namespace, labelSelector } };
}

function withoutSlot(selector: unknown): unknown {
  const labels = Object.entries(at(selector, 'matchLabels') ?? {}).filter(([key]) => key !== slotLabel);
  return { matchLabels: Object.fromEntries(labels), matchExpressions: at(selector, 'matchExpressions') };
}

export function sliceQuery(names: Names, service: string): Query {
  return {
    kind: sliceKind,
    options: { namespace: names.namespace, labelSelector: `kubernetes.io/service-name=${service}` },
  };
}

export async function listPods(cluster: Cluster, names: Names, slot: Slot): Promise<readonly KubeObject[]> {
  const { kind, options } = await podQuery(cluster, names, slot);
  return cluster.list(kind, options);
}

/** A pod as checks meet it: by a port-forward of its own, past every Service. */
export function directPod(
  cluster: Cluster,
  { namespace }: Pick<Names, 'namespace'>,
  { metadata: { name } }: KubeObject,
): CandidatePod {
  return { name, connect: (port) => cluster.portForward({ ...podKind, namespace, name }, port) };
}
