import type { Mutant } from '../mutant.ts';

const killedBy = ['test/unit/release/stopped-run.test.ts'];

/** A run that slept while another one took its place, and wakes up in the middle of a write. */
export const overtaken: readonly Mutant[] = [
  {
    id: 'late-creation-left-behind',
    harm: 'A run that was overtaken leaves a Deployment with pods of which no journal knows.',
    file: 'src/release/slots/ours.ts',
    find: '        await takeBack(lasting, ref, token);\n',
    replace: '        void takeBack;\n',
    killedBy,
  },
  {
    id: 'late-creation-not-asked-about',
    harm: 'A creation that was broken off with the lock counts as not made, and stays.',
    file: 'src/release/slots/ours.ts',
    find: 'await stampToken(lasting, journalRef',
    replace: 'await stampToken(cluster, journalRef',
    killedBy,
  },
  {
    id: 'creation-of-another-taken-back',
    harm: 'A run that was overtaken deletes what the run after it made.',
    file: 'src/release/slots/ours.ts',
    find: '  if (object === undefined || tokenOf(object) !== token) return;\n',
    replace: '  if (object === undefined) return;\n',
    killedBy,
  },
  {
    id: 'journal-read-before-it-is-ours',
    harm: 'The run before writes a step into the journal after the next one has read it: its way back is lost.',
    file: 'src/release/journal/journal-store.ts',
    find: '  await stampToken(cluster, journalRef(namespace, app), token);\n  return readJournal',
    replace: '  return readJournal',
    killedBy,
  },
  {
    id: 'way-back-of-the-overtaken',
    harm: 'A run that was overtaken on its way back tells a person to go on with what another run has done.',
    file: 'src/release/session.ts',
    find: "    if (failed.code === 'Superseded') return overtaken(session, failed);\n",
    replace: '',
    killedBy,
  },
  {
    id: 'any-conflict-ends-the-journal',
    harm: 'A server that answers 409 once to the journal leaves a release half-way, as if another run had taken over.',
    file: 'src/release/journal/journal-store.ts',
    find: "    if (!(thrown instanceof StreamGateError) || thrown.code !== 'Conflict') throw thrown;\n    // A server",
    replace: '    throw thrown;\n    // A server',
    killedBy: ['test/unit/release/status-writes.test.ts'],
  },
  {
    id: 'history-of-commits-ignored',
    harm: 'A later run brings an older commit back over a newer one.',
    file: 'src/release/journal/commit-order.ts',
    find: "if (relation === 'older') throw",
    replace: "if (relation === 'diverged') throw",
    killedBy: ['test/unit/release/commit-order.test.ts'],
  },
  {
    id: 'unordered-commits-released',
    harm: 'A commit of another line replaces the released one, whose changes are gone without a word.',
    file: 'src/release/journal/commit-order.ts',
    find: "  if (relation === 'diverged' || relation === 'unknown') throw",
    replace: "  if (relation === 'older') throw",
    killedBy: ['test/unit/release/commit-order.test.ts'],
  },
  {
    id: 'short-credentials-let-through',
    harm: 'A release begins with a token that ends in its middle, and cannot even be taken back.',
    file: 'src/release/preflight/expiring-credentials.ts',
    find: 'leftMs >= neededMs',
    replace: 'leftMs >= 0',
    killedBy: ['test/unit/release/expiring-credentials.test.ts'],
  },
  {
    id: 'window-not-covered-by-credentials',
    harm: 'The token ends while the rollback window is waited for, and the old pods stay for ever.',
    file: 'src/release/preflight/expiring-credentials.ts',
    find: "until === 'retired' ? settings.rollbackWindowMs : 0",
    replace: "until === 'preview' ? settings.rollbackWindowMs : 0",
    killedBy: ['test/unit/release/expiring-credentials.test.ts'],
  },
];
