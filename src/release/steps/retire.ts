import { type Deadline, formatDuration } from '../../base/index.ts';
import { letAdoptedGo } from '../adoption/let-go.ts';
import { countKept, describeCut } from '../proof/kept-connections.ts';
import { letGatewayFollow } from '../proof/unseen.ts';
import type { Query } from '../proof/wait.ts';
import { refuseServing } from '../refuse-serving.ts';
import { emptySlot } from '../slots/autoscalers.ts';
import { deploymentRef, type Slot } from '../slots/names.ts';
import { podQuery } from '../slots/pods.ts';
import type { Release, Step } from '../step.ts';
import { podsGone } from './pods-gone.ts';

/** Keeps the old slot for the rest of the rollback window, then lets its pods go. */
export const retire: Step = {
  id: 'retire',
  title: 'Let the old version go',
  async act(release, deadline) {
    const { cluster, clock, log, names, settings, token, journal } = release;
    const { previous } = journal.current;
    if (previous === null || !previous.warm) return 'there is none';
    await letGatewayFollow(release, deadline.signal);
    const leftMs = Date.parse(previous.keepUntil) - clock.now();
    if (leftMs > 0) {
      log.info(
        `Revision ${previous.revision} was promised to stay for another ${formatDuration(leftMs)}: waiting.`,
      );
      await clock.sleep(leftMs, deadline.signal);
    }
    // Asked now: somebody may have moved the traffic by hand since the promotion.
    await refuseServing(cluster, journal.current, previous.slot);
    // Read now: a Deployment that was taken over goes with its pods.
    const pods = await podQuery(cluster, names, previous.slot);
    await emptySlot(cluster, names, previous.slot, token);
    await letAdoptedGo(release, previous.slot);
    journal.update({ previous: { ...previous, warm: false } });
    journal.updateRelease({ phase: 'retired' });
    const scaled = `${names.deployments[previous.slot]} scaled to 0`;
    if (settings.drainWithinMs === undefined) return scaled;
    const within = deadline.within(settings.drainWithinMs, 'Letting the old version go');
    return `${scaled}; ${await countCut(release, previous.slot, pods, within)}`;
  },
};

/** After a way back: the abandoned version goes at once, and its slot is empty for the next candidate. */
export const emptyAbandoned: Step = {
  id: 'empty-abandoned',
  title: 'Stop the abandoned version',
  async act(release, deadline) {
    const { cluster, names, stable, token, journal } = release;
    if (stable === null) return 'there is none';
    await letGatewayFollow(release, deadline.signal);
    await refuseServing(cluster, journal.current, stable);
    const ref = deploymentRef(names, stable);
    await emptySlot(cluster, names, stable, token);
    const gone = await countCut(release, stable, await podQuery(cluster, names, stable), deadline);
    await letAdoptedGo(release, stable);
    return `${ref.name} scaled to 0; ${gone}`;
  },
};

/** Connections that were kept to these pods end with them, and with them perhaps a request. */
async function countCut(release: Release, slot: Slot, pods: Query, deadline: Deadline): Promise<string> {
  const { names, recorder } = release;
  await podsGone(release, `the pods of ${names.deployments[slot]}`, pods, deadline);
  const cut = describeCut(countKept(release));
  if (cut === undefined) return 'its pods are gone';
  recorder.note(cut);
  return `its pods are gone; ${cut}`;
}
