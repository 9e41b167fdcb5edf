import type { Mutant } from '../mutant.ts';

const retire = ['test/unit/release/retire.test.ts'];
const parked = ['test/unit/release/parked.test.ts'];

/** What goes when its time is over, and what must not. */
export const retiring: readonly Mutant[] = [
  {
    id: 'retire-wants-a-route',
    harm: 'The old pods of an app without a route are never let go.',
    file: 'src/release/retire/retire.ts',
    find: 'const isInRoute = target === undefined ||',
    replace: 'const isInRoute = names.routes.length === 0 || target === undefined ||',
    killedBy: retire,
  },
  {
    id: 'retired-by-a-journal-of-before',
    harm: 'What the run before still wrote down is lost, and pods that its way back counts on are let go.',
    file: 'src/release/retire/retire.ts',
    find: 'await takeJournal(cluster, namespace, app, lock.token)',
    replace: 'await readJournal(cluster, namespace, app)',
    killedBy: retire,
  },
  {
    id: 'end-of-a-container-not-waited-for',
    harm: 'A candidate that is killed for its memory while it is tested is refused for a connection that broke off.',
    file: 'src/release/proof/what-befell.ts',
    find: 'patient ? newsMs : 0',
    replace: 'patient ? 0 : 0',
    killedBy: ['test/unit/release/what-befell.test.ts'],
  },
  {
    id: 'retired-before-its-time',
    harm: 'The quick way back is gone while it is still promised.',
    file: 'src/release/retire/due.ts',
    find: 'if (hurry || leftMs <= 0)',
    replace: 'if (hurry || leftMs > 0)',
    killedBy: retire,
  },
  {
    id: 'retired-under-a-release',
    harm: 'The pods that a failed release would go back to are let go.',
    file: 'src/release/retire/due.ts',
    find: "release?.phase === 'running' || release?.phase === 'undoing'",
    replace: "release?.phase === 'undoing'",
    killedBy: retire,
  },
  {
    id: 'serving-pods-retired',
    harm: 'Pods that somebody gave the traffic by hand are scaled to 0.',
    file: 'src/release/retire/retire.ts',
    find: 'if (selected !== slot && !isInRoute) return;',
    replace: 'if (selected !== undefined) return;',
    killedBy: retire,
  },
  {
    id: 'preview-never-expires',
    harm: 'A preview that was forgotten months ago is promoted.',
    file: 'src/release/journal/parked.ts',
    find: 'return parkedUntil !== undefined && Date.parse(parkedUntil) <= now;',
    replace: 'return parkedUntil !== undefined && Date.parse(parkedUntil) <= now - 1e12;',
    killedBy: parked,
  },
  {
    id: 'another-preview-promoted',
    harm: 'A person approves one version, and another one gets the traffic.',
    file: 'src/release/journal/parked.ts',
    find: 'if (release.id !== parked)',
    replace: "if (release.id === '')",
    killedBy: parked,
  },
  {
    id: 'older-run-takes-a-newer-preview',
    harm: 'A late approval of an older commit throws a newer preview away and releases what is old.',
    file: 'src/release/journal/commit-order.ts',
    find: "release?.phase === 'parked' && isOlderRun(facts, release)",
    replace: "release?.phase === 'parked' && release.runId === ''",
    killedBy: parked,
  },
  {
    id: 'started-again-by-tag',
    harm: 'A rollback starts whatever the tag means by now.',
    file: 'src/release/target.ts',
    find: ': pinImages(data.workload, data.digests ?? {});',
    replace: ': pinImages(data.workload, {});',
    killedBy: retire,
  },
  {
    id: 'digest-of-another-name-pulled',
    harm: 'A rollback waits for an image that no registry has under this name.',
    file: 'src/release/slots/pin-images.ts',
    find: 'return repositoryOf(reported) === repositoryOf(image) ?',
    replace: 'return image.length > 0 ?',
    killedBy: ['test/unit/release/pin-images.test.ts'],
  },
  {
    id: 'window-of-nothing-waits',
    harm: 'Somebody who pays for no second version has one until the next release.',
    file: 'src/release/deploy.ts',
    find: 'request.settings.rollbackWindowMs === 0 &&',
    replace: 'request.settings.rollbackWindowMs < 0 &&',
    killedBy: retire,
  },
];
