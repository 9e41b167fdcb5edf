import { fieldsAt, isJsonObject } from '../../base/index.ts';
import { fencedPatch, replaceField, selectorText, stampToken } from '../../cluster/index.ts';
import { beforeOf } from '../journal/journal.ts';
import { isReady } from '../proof/rollout-status.ts';
import { done, pending, waitFor } from '../proof/wait.ts';
import { serviceRef, slotLabel } from '../slots/names.ts';
import { podKind } from '../slots/pods.ts';
import type { Step } from '../step.ts';
import { allOffer, selectSlot, standingServices } from '../steps/entry.ts';

/** Every Service that reaches the pods names their slot from now on, or it would reach those of the candidate as well. */
export const adoptServices: Step = {
  id: 'adopt-services',
  title: 'Let each Service name the slot of the pods that run',
  async before(release) {
    const services = await standingServices(release);
    return Object.fromEntries(
      services.map((service) => [service.metadata.name, fieldsAt(service, 'spec', 'selector')]),
    );
  },
  async act(release) {
    const { cluster, names, token, stable } = release;
    const before = beforeOf(release.journal.release, 'adopt-services');
    const taken = Object.keys(isJsonObject(before) ? before : {});
    for (const name of taken) {
      await stampToken(cluster, serviceRef(names, name), token);
      await selectSlot(release, name, stable ?? 'blue');
    }
    return taken.join(', ');
  },
  verify: (release, deadline) => allOffer(release, release.stable ?? 'blue', deadline),
  async undo(release, before, deadline) {
    const { cluster, names, token, clock, candidate } = release;
    for (const [name, selector] of Object.entries(isJsonObject(before) ? before : {})) {
      const ref = serviceRef(names, name);
      if ((await cluster.get(ref)) === undefined) continue;
      // Pods of a candidate that is being deleted may be ready for a moment yet: this Service would reach them.
      const labelSelector = selectorText({ matchLabels: { ...Object(selector), [slotLabel]: candidate } });
      await waitFor({
        cluster,
        clock,
        deadline: deadline.within(60_000, 'The pods of the candidate'),
        what: `no pod of slot ${candidate} to be ready`,
        queries: { pods: { kind: podKind, options: { namespace: names.namespace, labelSelector } } },
        check: ({ pods }) => (pods.some(isReady) ? pending(`${pods.length} pods are left`) : done()),
      });
      await stampToken(cluster, ref, token);
      await fencedPatch(cluster, ref, token, (service) =>
        replaceField(service, ['spec', 'selector'], selector),
      );
    }
  },
};
