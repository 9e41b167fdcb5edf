import type { Mutant } from '../mutant.ts';

const adoption = ['test/unit/release/adoption.test.ts'];
const refusals = ['test/unit/release/foreign-workloads.test.ts'];
const reapplied = ['test/unit/release/adoption-reapplied.test.ts'];
const followers = ['test/unit/release/followers.test.ts'];
const eject = ['test/unit/release/eject.test.ts'];

/** Taking over what runs, the Services that follow, and handing back. */
export const adopting: readonly Mutant[] = [
  {
    id: 'adopted-without-a-pause',
    harm: 'Taking over an app replaces all of its pods.',
    file: 'src/release/adoption/relabel.ts',
    find: "...replaceField(object, ['spec', 'paused'], true),",
    replace: '',
    killedBy: adoption,
  },
  {
    id: 'adopted-replica-set-not-labelled',
    harm: 'Pods that are added later are reached by no Service.',
    file: 'src/release/adoption/relabel.ts',
    find: 'await fencedPatch(cluster, replicaSet, token, (object) => labelOperations(object, templateLabel, slot));',
    replace: '',
    killedBy: adoption,
  },
  {
    id: 'adopted-marks-stay',
    harm: 'A failed first release leaves its annotations on what it gave back.',
    file: 'src/release/steps/stamp-objects.ts',
    find: 'if (!journal.release.adopts) return;',
    replace: 'if (journal.release.adopts) return;',
    killedBy: adoption,
  },
  {
    id: 'only-the-entry-is-adopted',
    harm: 'The candidate is reached through every other Service before the switch.',
    file: 'src/release/preflight/settle-names.ts',
    find: '...beside])]',
    replace: '...beside.slice(0, 0)])]',
    killedBy: adoption,
  },
  {
    id: 'adopted-deployment-stays-in-its-slot',
    harm: 'The owner of the manifests and the release write to one Deployment.',
    file: 'src/release/adoption/let-go.ts',
    find: 'if (adopted) await deleteOurs(cluster, ref, token);',
    replace: '',
    killedBy: adoption,
  },
  {
    id: 'rollout-adopted-in-its-middle',
    harm: 'An app is taken over while two of its versions run.',
    file: 'src/release/preflight/adoptable.ts',
    find: 'if (seenLast && complete) return [];',
    replace: 'if (seenLast || complete) return [];',
    killedBy: refusals,
  },
  {
    id: 'shared-service-adopted',
    harm: 'Pods of another workload lose their callers.',
    file: 'src/release/preflight/adoptable.ts',
    find: 'if (others.length === 0) return [];',
    replace: 'if (others.length >= 0) return [];',
    killedBy: refusals,
  },
  {
    id: 'followers-do-not-move',
    harm: 'Metrics, node ports and peers stay with the old version.',
    file: 'src/release/slots/names.ts',
    find: 'return [entry, ...followers];',
    replace: 'return [entry, ...followers.slice(0, 0)];',
    killedBy: followers,
  },
  {
    id: 'drift-untold',
    harm: 'Nobody learns that a Service reaches both versions.',
    file: 'src/release/drift.ts',
    find: 'if (live === null || isInFlight(release)) return [];',
    replace: 'if (live !== null || isInFlight(release)) return [];',
    killedBy: reapplied,
  },
  {
    id: 'ejected-with-its-pods',
    harm: 'Handing back deletes the pods that serve.',
    file: 'src/release/eject/plain-workload.ts',
    find: "await deleteOurs(cluster, ref, release.token, 'Orphan');",
    replace: 'await deleteOurs(cluster, ref, release.token);',
    killedBy: eject,
  },
  {
    id: 'ejected-beside-a-release',
    harm: 'A release that has not ended loses its journal.',
    file: 'src/release/eject/eject.ts',
    find: 'if (isInFlight(journal.release)) {',
    replace: 'if (journal.live === null) {',
    killedBy: eject,
  },
];
