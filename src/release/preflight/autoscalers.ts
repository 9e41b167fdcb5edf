import { at } from '../../base/index.ts';
import { describeRef, type KubeObject, refOf, tokenOf } from '../../cluster/index.ts';
import { listIfAllowed, ownerOf } from '../slots/autoscalers.ts';
import { autoscalerKind, isOfApp, targetOf } from '../slots/slot-autoscaler.ts';
import { type Check, refuse } from './check.ts';

/** Autoscalers that a release could not lead from slot to slot, or that would work against it. */
export const findUnsteerable: Check = async ({ request: { cluster, namespace, desired, app }, names }) => {
  const workload = desired.workload.metadata.name;
  const slots = Object.values(names.deployments);
  const concerned = (await listIfAllowed(cluster, autoscalerKind, namespace)).filter((autoscaler) =>
    [workload, ...slots].includes(targetOf(autoscaler) ?? ''),
  );
  const scaled = desired.others.filter(
    (object) => object.kind === 'ScaledObject' && scales(object, workload),
  );
  const keda = [
    ...scaled.map((object) => describeRef(refOf(object))),
    ...concerned
      .flatMap((autoscaler) => ownerOf(autoscaler) ?? [])
      .map((name) => `ScaledObject ${namespace}/${name}`),
  ];
  const people = concerned.filter((object) => !isOfApp(object, app) && ownerOf(object) === undefined);
  const handMade = people.filter((object) => targetOf(object) !== workload && tokenOf(object) === undefined);
  const rivals = people.filter((object) => targetOf(object) === workload);
  return [
    ...[...new Set(keda)].map((name) =>
      refuse(
        `${name} scales ${workload} through KEDA, which would undo what a release does to its autoscaler`,
        'Keep the ScaledObject out of the manifests, and in the cluster paused (annotation `autoscaling.keda.sh/paused-replicas`) and without its autoscaler; or use a HorizontalPodAutoscaler.',
      ),
    ),
    ...handMade.map((object) =>
      refuse(
        `${describeRef(refOf(object))} scales ${targetOf(object)}, one of the two slots of ${app}, and would not follow the traffic to the other`,
        `Delete it, and put one that names Deployment ${workload} into the manifests: each slot then gets its own.`,
      ),
    ),
    ...(rivals.length < 2
      ? []
      : [
          refuse(
            `${rivals.map((object) => object.metadata.name).join(' and ')} both scale Deployment ${workload}`,
            'Keep one of these HorizontalPodAutoscalers: two stop each other.',
          ),
        ]),
  ];
};

function scales(scaledObject: KubeObject, workload: string): boolean {
  const target = at(scaledObject, 'spec', 'scaleTargetRef');
  return at(target, 'name') === workload && (at(target, 'kind') ?? 'Deployment') === 'Deployment';
}
