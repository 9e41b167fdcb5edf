import type { Mutant } from '../mutant.ts';

const recover = ['test/unit/release/after-a-lost-run.test.ts'];

/** What the end of a job, a second run or a rollback makes of a run that is gone. */
export const recovery: readonly Mutant[] = [
  {
    id: 'post-takes-the-preview-away',
    harm: 'The end of the job removes the preview that waits for its approval.',
    file: 'src/release/end-lost-run.ts',
    find: " && journal.release.phase !== 'parked'",
    replace: '',
    killedBy: recover,
  },
  {
    id: 'post-reverses-the-next-run',
    harm: 'The end of an old job reverses the release of a newer one.',
    file: 'src/release/end-lost-run.ts',
    find: "(request.runId === '' || journal.release?.runId === request.runId)",
    replace: "(request.runId === '' || journal.release?.runId !== '')",
    killedBy: recover,
  },
  {
    id: 'post-brings-the-abandoned-back',
    harm: 'After a lost rollback, traffic returns to the version that was to be abandoned.',
    file: 'src/release/end-lost-run.ts',
    find: '(await continueRollback({ ...full, to: undefined, drill: false }, ours, null, lock));',
    replace:
      '(lock.lost.aborted ? await continueRollback({ ...full, to: undefined, drill: false }, ours, null, lock) : undefined);',
    killedBy: recover,
  },
  {
    id: 'post-leaves-the-abandoned-running',
    harm: 'The pods of an abandoned version run on for ever when its rollback was lost at its end.',
    file: 'src/release/end-lost-run.ts',
    find: '    leftAbandoned(journal) ||\n',
    replace: '',
    killedBy: recover,
  },
  {
    id: 'lost-run-reversed-under-its-old-token',
    harm: 'Nothing that a lost run has begun can be put back, since its token still stands on everything.',
    file: 'src/release/reverse.ts',
    find: '  await stampAll(session);\n',
    replace: '',
    killedBy: recover,
  },
  {
    id: 'parked-release-begun-anew',
    harm: 'What was approved as a preview is thrown away and built once more.',
    file: 'src/release/deploy.ts',
    find: "if (release.phase !== 'parked' && release.phase !== 'running') return undefined;",
    replace: "if (release.phase !== 'running') return undefined;",
    killedBy: ['test/unit/release/until.test.ts'],
  },
  {
    id: 'other-version-continued',
    harm: 'A new version is released under the tests of another one.',
    file: 'src/release/deploy.ts',
    find: "release.strategy !== 'blue-green' || release.template !== request.desired.template",
    replace: "release.strategy !== 'blue-green'",
    killedBy: ['test/unit/release/until.test.ts'],
  },
  {
    id: 'lost-run-built-over',
    harm: 'A release begins on top of one that died in the middle of its switch.',
    file: 'src/release/deploy.ts',
    find: 'if (isInFlight(journal.release)) journal = await reverseUnderLock(request, journal, lock);',
    replace: '',
    killedBy: recover,
  },
  {
    id: 'switched-release-parked',
    harm: 'A release that has moved traffic already is called a preview that nobody reaches.',
    file: 'src/release/deploy.ts',
    find: '  return steps.some(({ id }) => some.some((step) => step.id === id));',
    replace: '  return steps.length < some.length - some.length;',
    killedBy: recover,
  },
  {
    id: 'rollback-of-lost-release-goes-too-far',
    harm: 'A rollback of a release that died goes to an older revision instead of putting it back.',
    file: 'src/release/rollback.ts',
    find: "if (journal.release?.strategy !== 'rollback') {",
    replace: "if (journal.release?.strategy === 'blue-green' && journal.live === null) {",
    killedBy: ['test/unit/release/after-a-lost-run.test.ts'],
  },
  {
    id: 'drill-in-the-middle-of-a-release',
    harm: 'A drill reverses a release that has not ended, or a preview.',
    file: 'src/release/rollback.ts',
    find: '  if (request.drill) refuseDrill(journal, request.app);\n',
    replace: '',
    killedBy: recover,
  },
  {
    id: 'drill-stays-on-the-old-version',
    harm: 'A drill that was to measure the way back leaves all traffic on the old version.',
    file: 'src/release/drill.ts',
    find: '    await undoSteps(switchOver, session.release, session.ledger.listener);\n',
    replace: '',
    killedBy: ['test/unit/release/quiet-times.test.ts'],
  },
];
