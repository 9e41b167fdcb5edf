import type { Mutant } from '../mutant.ts';

const rollback = ['test/unit/release/rollback.test.ts'];

/** What is kept of a release for the way back. */
export const records: readonly Mutant[] = [
  {
    id: 'revision-not-recorded',
    harm: 'There is no way back to a version whose pods are gone.',
    file: 'src/release/steps/record.ts',
    find: '    await createFenced(\n      release,\n      revisionObject(names, candidate, revision, data, token),\n      revisionRef(names, revision),\n    );\n',
    replace: '    void [createFenced, revisionObject, data, token];\n',
    killedBy: rollback,
  },
  {
    id: 'abandoned-stays-the-way-back',
    harm: 'A second rollback brings back the version that the first one abandoned.',
    file: 'src/release/steps/record.ts',
    find: 'journal.update({ live: journal.release.candidate, previous: null, order: orderOf(journal.release) });',
    replace:
      'journal.update({ live: journal.release.candidate, previous: { ...(journal.release.stable ?? journal.release.candidate), warm: false, keepUntil: toInstant(0) }, order: orderOf(journal.release) });',
    killedBy: rollback,
  },
  {
    id: 'rollback-to-the-live-revision',
    harm: 'A rollback to what is live restarts it in the other slot and calls that a way back.',
    file: 'src/release/target.ts',
    find: 'if (revision === live.revision)',
    replace: 'if (revision < 0)',
    killedBy: rollback,
  },
  {
    id: 'cold-slot-taken-for-warm',
    harm: 'A rollback sends traffic to pods that somebody has scaled away.',
    file: 'src/release/target.ts',
    find: 'held.slot === slot && standing > 0;',
    replace: 'held.slot === slot && standing >= 0;',
    killedBy: rollback,
  },
  {
    id: 'rollback-not-scaled-up',
    harm: 'A rollback under load calls too few pods ready, and scales them only at the last moment.',
    file: 'src/release/steps/candidate.ts',
    find: 'if (standing >= replicas) return',
    replace: 'if (replicas < 0 || standing >= 0) return',
    killedBy: ['test/unit/release/preview-size.test.ts'],
  },
  {
    id: 'abandoned-version-runs-on',
    harm: 'After a rollback the pods of the bad version run on.',
    file: 'src/release/steps/retire.ts',
    find: '    const ref = deploymentRef(names, stable);\n    await emptySlot(cluster, names, stable, token);\n',
    replace: "    const ref = deploymentRef(names, stable);\n    if (token > 0) return 'nothing';\n",
    killedBy: rollback,
  },
  {
    id: 'abandoned-gone-before-the-gateway-follows',
    harm: 'With nobody watching, a rollback stops pods while gateways still send to them.',
    file: 'src/release/steps/retire.ts',
    find: '    await letGatewayFollow(release, deadline.signal);\n    await refuseServing(',
    replace: '    await refuseServing(',
    killedBy: ['test/unit/release/unseen.test.ts'],
  },
  {
    id: 'order-not-kept-by-a-rollback',
    harm: 'A repeated run of the abandoned commit undoes the rollback.',
    file: 'src/release/steps/record.ts',
    find: 'previous: null, order: orderOf(journal.release) });',
    replace: 'previous: null });',
    killedBy: ['test/unit/release/quiet-times.test.ts'],
  },
  {
    id: 'retired-before-the-window-ends',
    harm: 'The quick way back is gone long before the time that was promised.',
    file: 'src/release/steps/retire.ts',
    find: '      await clock.sleep(leftMs, deadline.signal);\n',
    replace: '      await clock.sleep(1, deadline.signal);\n',
    killedBy: ['test/unit/release/until.test.ts'],
  },
  {
    id: 'window-begins-anew',
    harm: 'Every run that comes to retire the old version keeps it for another whole window.',
    file: 'src/release/steps/retire.ts',
    find: 'const leftMs = Date.parse(previous.keepUntil) - clock.now();',
    replace: 'const leftMs = previous.keepUntil === "" ? clock.now() : 600_000;',
    killedBy: ['test/unit/release/until.test.ts'],
  },
  {
    id: 'way-back-pruned',
    harm: 'The revision that a rollback would lead to is thrown away.',
    file: 'src/release/steps/prune.ts',
    find: '.filter((revision) => !needed.includes(revision));',
    replace: '.filter((revision) => revision > 0 || needed.length < 0);',
    killedBy: ['test/unit/release/kept-revisions.test.ts'],
  },
  {
    id: 'nothing-pruned',
    harm: 'Old revisions pile up in the namespace for ever.',
    file: 'src/release/steps/prune.ts',
    find: 'for (const revision of dropped) await deleteOurs(cluster, revisionRef(names, revision), token);',
    replace: 'for (const revision of dropped) await Promise.resolve([deleteOurs, revision, token]);',
    killedBy: ['test/unit/release/many-releases.test.ts'],
  },
];
