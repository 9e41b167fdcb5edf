import { at, isJsonObject, listAt, parseQuantity, StreamGateError } from '../../base/index.ts';
import { type Cluster, type KubeObject, selectsLabels } from '../../cluster/index.ts';
import { podSpecOf } from '../desired/pod-template.ts';
import { isLive } from '../journal/is-live.ts';
import { slotLabel } from '../slots/names.ts';
import { podKind } from '../slots/pods.ts';
import { type Check, type Finding, type Situation, warn } from './check.ts';
import { podDemand } from './pod-demand.ts';
import { sidesOf, sizesOf } from './replicas.ts';
import { withPatience } from './with-patience.ts';
import { workloadName } from './workload.ts';

/** Of one node, as far as its pods have not asked for it. */
interface Room {
  cpu: number;
  memory: number;
  pods: number;
}

const nodeKind = { apiVersion: 'v1', kind: 'Node' };

/** Beyond that, the list of all pods would cost more than the answer is worth. */
const lookedAt = 200;

/**
 * Whether the nodes have room for the candidate, by what pods ask for. Only where nodes and the pods of all namespaces
 * may be read, which no release needs; never a refusal, since nodes come and go, and only the scheduler knows.
 */
export const findFullNodes: Check = async (situation) => {
  const { request, journal } = situation;
  if (journal !== undefined && (await isLive(request, journal))) return [];
  try {
    return await withPatience(request, (cluster) => findMissingRoom(cluster, situation));
  } catch (thrown) {
    if (!(thrown instanceof StreamGateError) || thrown.code === 'Cancelled') throw thrown;
    return [
      warn(
        `Whether the nodes have room for the candidate could not be looked at: ${thrown.message}`,
        'The scheduler decides; `scheduling-timeout` says how long to wait for it.',
      ),
    ];
  }
};

async function findMissingRoom(cluster: Cluster, situation: Situation): Promise<readonly Finding[]> {
  const { request, names } = situation;
  const questions = ['nodes', 'pods'].map((resource) =>
    cluster.allowed({ verb: 'list', group: '', resource, namespace: '' }),
  );
  if (!(await Promise.all(questions)).every((allowed) => allowed)) return [];
  const nodes = await cluster.list(nodeKind, { namespace: '' });
  if (nodes.length === 0 || nodes.length > lookedAt) return [];
  const pods = await cluster.list(podKind, {
    namespace: '',
    fieldSelector: 'status.phase!=Succeeded,status.phase!=Failed',
  });
  const { candidate: slot, serving } = sidesOf(situation);
  const { start } = await sizesOf(request, names, serving);
  const leaves = ({ metadata }: KubeObject) =>
    metadata.namespace === names.namespace &&
    metadata.labels?.[slotLabel] === slot &&
    metadata.name.startsWith(`${names.deployments[slot]}-`);
  const staying = pods.filter((pod) => !leaves(pod));
  const { workload } = request.desired;
  const spec = podSpecOf(workload);
  const rooms = nodes.filter((node) => admits(node, spec)).map((node) => roomOf(node, staying));
  const fitting = countFitting(rooms, demandOf(spec), start);
  if (fitting >= start) return [];
  return [
    warn(
      `The nodes have room for ${fitting} of the ${start} pods of the candidate of ${workloadName(workload)}, by what all pods ask for`,
      'Make room or add nodes, unless they come by themselves; `scheduling-timeout` says how long to wait for that.',
    ),
  ];
}

/** Whether a node takes pods of this kind at all: its state, its labels, its taints. */
function admits(node: KubeObject, spec: unknown): boolean {
  if (at(node, 'spec', 'unschedulable') === true) return false;
  const wanted = at(spec, 'nodeSelector');
  if (isJsonObject(wanted) && !selectsLabels(wanted, node.metadata.labels ?? {})) return false;
  return listAt(node, 'spec', 'taints')
    .filter((taint) => at(taint, 'effect') !== 'PreferNoSchedule')
    .every((taint) =>
      listAt(spec, 'tolerations').some(
        (toleration) => at(toleration, 'key') === undefined || at(toleration, 'key') === at(taint, 'key'),
      ),
    );
}

function roomOf(node: KubeObject, pods: readonly KubeObject[]): Room {
  const there = pods
    .filter((pod) => at(pod, 'spec', 'nodeName') === node.metadata.name)
    .map(({ spec }) => demandOf(spec));
  const total = (name: string) => parseQuantity(String(at(node, 'status', 'allocatable', name) ?? '0')) ?? 0;
  const sum = (name: 'cpu' | 'memory') => there.reduce((all, demand) => all + demand[name], 0);
  return {
    cpu: total('cpu') - sum('cpu'),
    memory: total('memory') - sum('memory'),
    pods: total('pods') - there.length,
  };
}

function demandOf(spec: unknown): Omit<Room, 'pods'> {
  const none = { requests: {}, limits: {} };
  return { cpu: podDemand({ spec }, 'cpu', none) ?? 0, memory: podDemand({ spec }, 'memory', none) ?? 0 };
}

/** Each to the first node that has room: all pods are alike, so no other order finds room for more. */
function countFitting(rooms: readonly Room[], { cpu, memory }: Omit<Room, 'pods'>, wanted: number): number {
  const each = rooms.map((room) =>
    Math.min(
      Math.floor(room.pods),
      // A thousandth of the smallest unit: sums of fractions are not exact.
      cpu > 0 ? Math.floor((room.cpu + 1e-6) / cpu) : wanted,
      memory > 0 ? Math.floor((room.memory + 1e-6) / memory) : wanted,
    ),
  );
  return each.reduce((total, count) => total + Math.max(0, count), 0);
}
