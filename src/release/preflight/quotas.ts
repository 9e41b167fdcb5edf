import { at, StreamGateError } from '../../base/index.ts';
import { describeRef, type KubeObject, refOf } from '../../cluster/index.ts';
import { isLive } from '../journal/is-live.ts';
import { deploymentRef, slotServiceRef } from '../slots/names.ts';
import { type Check, type Finding, refuse, type Situation, warn } from './check.ts';
import { readDefaults } from './pod-demand.ts';
import { findShortages, type RoomQuestion } from './quota-room.ts';
import { sidesOf, sizesOf } from './replicas.ts';

/** The candidate stands beside the live version: a quota that has no room for both would let it hang half made. */
export const findFullQuotas: Check = async (situation) => {
  const { request, journal, names } = situation;
  const { cluster, namespace, desired } = request;
  if (journal !== undefined && (await isLive(request, journal))) return [];
  const quotas = await listOrExplain(situation, 'ResourceQuota');
  const limitRanges = await listOrExplain(situation, 'LimitRange');
  const told = [quotas, limitRanges].flatMap((answer) => ('denied' in answer ? [answer.denied] : []));
  if ('denied' in quotas || quotas.objects.length === 0) return told;
  const defaults = readDefaults('denied' in limitRanges ? [] : limitRanges.objects);
  const { candidate: slot, serving } = sidesOf(situation);
  const standing = await cluster.get(deploymentRef(names, slot));
  const { start, full } = await sizesOf(request, names, serving);
  const template = at(desired.workload, 'spec', 'template');
  const freed = {
    template: at(standing, 'spec', 'template'),
    count: Number(at(standing, 'spec', 'replicas') ?? 0),
  };
  const objects = await newObjects(situation, standing !== undefined);
  return [
    ...told,
    ...quotas.objects.flatMap((quota): Finding[] => {
      const ask = (count: number) =>
        findShortages({
          quota,
          wanted: { template, count },
          freed,
          objects,
          defaults,
        } satisfies RoomQuestion);
      const what = `${describeRef({ ...refOf(quota), namespace })} has no room for`;
      const now = ask(start);
      if (now.length > 0)
        return [
          refuse(`${what} ${start} pods of the candidate beside what stands: ${now.join('; ')}`, remedy),
        ];
      const later = start === full ? [] : ask(full);
      if (later.length === 0) return [];
      return [
        warn(
          `${what} ${full} pods, to which the preview grows before it is promoted: ${later.join('; ')}`,
          remedy,
        ),
      ];
    }),
  ];
};

const remedy =
  'Raise the quota for as long as two versions stand side by side, or make room in the namespace.';

/** What a release makes beside its pods, as far as it is not there yet. */
async function newObjects(
  { request: { cluster, desired }, names }: Situation,
  deploymentStands: boolean,
): Promise<Readonly<Record<string, number>>> {
  const services = await Promise.all(
    (['blue', 'green'] as const).map((slot) => cluster.get(slotServiceRef(names, slot))),
  );
  return {
    services: services.filter((service) => service === undefined).length,
    'deployments.apps': deploymentStands ? 0 : 1,
    'replicasets.apps': 1,
    'controllerrevisions.apps': 1,
    'horizontalpodautoscalers.autoscaling': desired.autoscalers.length,
    'poddisruptionbudgets.policy': desired.budgets.length,
  };
}

type Answer = { readonly objects: readonly KubeObject[] } | { readonly denied: Finding };

/** Without the permission to look a release goes on: it says that nobody has looked. */
async function listOrExplain({ request: { cluster, namespace } }: Situation, kind: string): Promise<Answer> {
  try {
    return { objects: await cluster.list({ apiVersion: 'v1', kind }, { namespace }) };
  } catch (thrown) {
    if (!(thrown instanceof StreamGateError) || thrown.code !== 'Denied') throw thrown;
    return {
      denied: warn(
        `Whether the namespace has room for two versions was not looked at: the credentials may not list ${kind}s`,
        'Give them the Role that `mode: plan` prints.',
      ),
    };
  }
}
