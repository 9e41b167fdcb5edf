import { at } from '../../base/index.ts';
import { fencedPatch, refOf, removeField } from '../../cluster/index.ts';
import { letAdoptedGo } from '../adoption/let-go.ts';
import { revisionObjects } from '../journal/revisions.ts';
import { letGatewayFollow } from '../proof/unseen.ts';
import { collectCopies } from '../slots/config-copies.ts';
import { namedConfig } from '../slots/config-in-use.ts';
import {
  appLabel,
  deploymentRef,
  guidedServices,
  managedByLabel,
  manager,
  revisionRef,
  routeRef,
  type Slot,
  serviceRef,
  slotLabel,
  slotServiceRef,
} from '../slots/names.ts';
import { deleteOurs, scaleTo, slotDeploymentOf, unstamp } from '../slots/ours.ts';
import { podQuery } from '../slots/pods.ts';
import type { Release, Step } from '../step.ts';
import { allOffer, standingServices } from '../steps/entry.ts';
import { podsGone } from '../steps/pods-gone.ts';

/** The slot that serves. */
export function servingSlot({ stable }: Release): Slot {
  return stable ?? 'blue';
}

/** What does not serve goes first: without the slot in their selectors, the Services would reach its pods. */
export const dropIdle: Step = {
  id: 'drop-idle',
  title: 'Delete the slot that does not serve',
  async act(release, deadline) {
    const { cluster, names, token, candidate: idle, journal } = release;
    await letGatewayFollow(release, deadline.signal);
    const ref = deploymentRef(names, idle);
    const standing = await slotDeploymentOf(cluster, names, idle);
    if (standing !== undefined) await scaleTo(cluster, ref, 0, token);
    const serving = await slotDeploymentOf(cluster, names, servingSlot(release));
    await podsGone(
      release,
      `the pods of ${ref.name}`,
      await podQuery(cluster, names, idle, serving),
      deadline,
    );
    journal.update({ previous: null });
    if ((await letAdoptedGo(release, idle)) === undefined && standing !== undefined)
      await deleteOurs(cluster, ref, token);
    return standing === undefined ? 'it is empty' : `${ref.name} is gone`;
  },
};

/** The Services reach the pods by their owner's labels alone. */
export const plainServices: Step = {
  id: 'plain-services',
  title: 'Take the slot out of each Service',
  async act(release) {
    const { cluster, names, token } = release;
    for (const { metadata } of await standingServices(release)) {
      await fencedPatch(cluster, serviceRef(names, metadata.name), token, (service) =>
        removeField(service, ['spec', 'selector', slotLabel]),
      );
    }
    return guidedServices(names).join(', ');
  },
  async verify(release, deadline) {
    if ((await slotDeploymentOf(release.cluster, release.names, servingSlot(release))) === undefined)
      return '';
    return allOffer(release, servingSlot(release), deadline);
  },
};

/** Everything that only releases need. The journal and the lock go last, when all else is gone. */
export const dropRecords: Step = {
  id: 'drop-records',
  title: 'Delete what only releases need',
  everyRun: true,
  async act(release) {
    const { cluster, names, token, recorder } = release;
    const { namespace, app } = names;
    for (const slot of ['blue', 'green'] as const)
      await deleteOurs(cluster, slotServiceRef(names, slot), token);
    for (const name of guidedServices(names)) await unstamp(cluster, serviceRef(names, name), token);
    for (const name of names.routes) await unstamp(cluster, routeRef(names, name), token);
    const plain = await cluster.get({ ...deploymentRef(names, 'blue'), name: plainName(release) });
    if (plain !== undefined)
      await unstamp(cluster, { ...deploymentRef(names, 'blue'), name: refOf(plain).name }, token);
    const needed = new Set(namedConfig(plain));
    await collectCopies(cluster, { kind: 'ConfigMap', app, namespace }, needed, token);
    const labelSelector = `${managedByLabel}=${manager},${appLabel}=${app}`;
    const copies = await cluster.list({ apiVersion: 'v1', kind: 'ConfigMap' }, { namespace, labelSelector });
    const kept = copies
      .map(({ metadata }) => metadata.name)
      .filter((name) => needed.has(`ConfigMap ${name}`));
    if (kept.length > 0)
      recorder.warn(`The pods still read ${kept.join(', ')}: delete these ConfigMaps once they do not.`);
    for (const revision of await revisionObjects(cluster, names))
      await deleteOurs(cluster, revisionRef(names, Number(at(revision, 'revision'))), token);
    return 'slot Services, revisions and marks';
  },
};

/** What the Deployment is called once it is its owner's again. */
export function plainName({ desired, names }: Release): string {
  return desired?.workload.metadata.name ?? names.workload ?? names.app;
}
