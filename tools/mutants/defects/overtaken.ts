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
];
