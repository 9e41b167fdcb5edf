import { at } from '../../base/index.ts';
import {
  fencedPatch,
  type JsonPatchOperation,
  type KubeObject,
  replaceField,
  stampToken,
} from '../../cluster/index.ts';
import { entryRef, slotServiceRef } from '../slots/names.ts';
import { createFenced, deleteOurs } from '../slots/ours.ts';
import { portOperations } from '../slots/service-ports.ts';
import { slotService } from '../slots/slot-objects.ts';
import type { Step } from '../step.ts';
import { requireDesired } from './require-desired.ts';

/** Both slots have a Service of their own, so that a route can tell them apart. */
export const slotServices: Step = {
  id: 'slot-services',
  title: 'Give each slot a Service',
  async before({ cluster, names }) {
    const [blue, green] = await Promise.all([
      cluster.get(slotServiceRef(names, 'blue')),
      cluster.get(slotServiceRef(names, 'green')),
    ]);
    return { blue: blue !== undefined, green: green !== undefined };
  },
  async act(release) {
    const { cluster, names, token, candidate } = release;
    const { service } = requireDesired(release);
    const standing = await cluster.get(entryRef(names));
    for (const slot of ['blue', 'green'] as const) {
      const ref = slotServiceRef(names, slot);
      // What runs already has the ports that its callers know, whatever the manifests say now.
      const model = slot === candidate ? service : (standing ?? service);
      const wanted = slotService(model, names, slot, token);
      const { created } = await createFenced(release, wanted, ref);
      // The live slot's Service keeps the ports of what runs there.
      if (created || slot !== candidate) continue;
      await stampToken(cluster, ref, token);
      await fencedPatch(cluster, ref, token, (object) => serviceOperations(object, wanted));
    }
    return `${names.services.blue}, ${names.services.green}`;
  },
  async undo({ cluster, names, token }, before) {
    for (const slot of ['blue', 'green'] as const) {
      if (at(before, slot) === false) await deleteOurs(cluster, slotServiceRef(names, slot), token);
    }
  },
};

function serviceOperations(object: KubeObject, wanted: KubeObject): JsonPatchOperation[] {
  return [
    ...replaceField(object, ['spec', 'selector'], at(wanted, 'spec', 'selector')),
    ...portOperations(object, wanted),
  ];
}
