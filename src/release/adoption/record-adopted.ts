import { at, StreamGateError, toInstant } from '../../base/index.ts';
import type { KubeObject } from '../../cluster/index.ts';
import { hashTemplate } from '../desired/desired.ts';
import type { Journal } from '../journal/journal.ts';
import { deploymentRef, entryRef, revisionRef } from '../slots/names.ts';
import { createFenced, deleteOurs } from '../slots/ours.ts';
import { reportedDigests } from '../slots/pin-images.ts';
import { listPods } from '../slots/pods.ts';
import { revisionObject } from '../slots/slot-objects.ts';
import type { Step } from '../step.ts';
import { standingServices } from '../steps/entry.ts';
import { serviceForm, workloadForm } from './user-form.ts';

/** What ran before becomes a revision like any other, so that a rollback can lead back to it, and is the live one. */
export const recordAdopted: Step = {
  id: 'record-adopted',
  title: 'Record what runs as a revision',
  before: async ({ journal }) => ({
    live: journal.current.live === null ? null : { ...journal.current.live },
  }),
  async act(release) {
    const { cluster, clock, names, journal, token } = release;
    const { stable } = journal.release;
    if (stable === null) return 'nothing runs';
    const ref = revisionRef(names, stable.revision);
    const [deployment, entry, ...followers] = [
      await cluster.get(deploymentRef(names, stable.slot)),
      await cluster.get(entryRef(names)),
      ...(await standingServices(release)).filter(({ metadata }) => metadata.name !== names.entry),
    ];
    const workload = workloadForm(required(deployment));
    const data = {
      workload,
      service: serviceForm(required(entry)),
      ...(followers.length === 0 ? {} : { followers: followers.map((one) => serviceForm(required(one))) }),
      template: hashTemplate(workload),
      release: journal.release.id,
      commit: '',
      createdAt: toInstant(clock.now()),
      digests: reportedDigests(await listPods(cluster, names, stable.slot)),
    };
    await createFenced(release, revisionObject(names, stable.slot, stable.revision, data, token), ref);
    journal.update({ live: stable });
    return `revision ${stable.revision} is live in ${stable.slot}`;
  },
  async undo({ cluster, names, journal, token }, before) {
    const { stable } = journal.release;
    if (stable !== null) await deleteOurs(cluster, revisionRef(names, stable.revision), token);
    journal.update({ live: (at(before, 'live') ?? null) as unknown as Journal['live'] });
  },
};

function required(object: KubeObject | undefined): KubeObject {
  if (object !== undefined) return object;
  throw new StreamGateError('Conflict', 'What was being taken over is gone', {
    remedy: 'Find out who deleted it, then run the same command again.',
  });
}
