import type { Mutant } from '../mutant.ts';

const killedBy = ['test/unit/release/meddling.test.ts'];

/** What others do to the objects of an app while a release is under way. */
export const meddling: readonly Mutant[] = [
  {
    id: 'missing-entry-passed-over',
    harm: "A release goes on without the app's own Service, until its route leads nowhere.",
    file: 'src/release/steps/entry.ts',
    find: 'if (services[0]?.metadata.name === release.names.entry) return services;',
    replace: 'if (services.length >= 0) return services;',
    killedBy,
  },
  {
    id: 'way-back-wants-the-abandoned-backend',
    harm: 'A release whose slot Service was deleted can never be put back.',
    file: 'src/release/steps/route.ts',
    find: "convergeDeadline(deadline), 'back');",
    replace: 'convergeDeadline(deadline));',
    killedBy,
  },
  {
    id: 'deleted-object-passed-over',
    harm: 'A release goes on over a route that somebody has deleted, as if it had been written.',
    file: 'src/cluster/fence.ts',
    find: 'if (object === undefined) throw disappeared(ref);',
    replace: "if (object === undefined) return { apiVersion: '', kind: '', metadata: { name: '' } };",
    killedBy,
  },
  {
    id: 'any-version-counts-as-switched',
    harm: 'A Git sync that takes the weights back is not noticed: the release is called promoted.',
    file: 'src/release/steps/converged.ts',
    find: 'seenAs(release.versions.current, wanted)',
    replace: "seenAs(release.versions.current, 'stable')",
    killedBy,
  },
  {
    id: 'size-not-waited-for',
    harm: 'Traffic moves to a version whose pods are gone or not ready any more since they were tested.',
    file: 'src/release/steps/autoscale.ts',
    find: "return rollout.state === 'done' ? endpointsProgress(slices, pods) : rollout;",
    replace:
      "return rollout.state === 'failed' ? endpointsProgress(slices, pods) : { state: 'done', detail: '' };",
    killedBy,
  },
  {
    id: 'rollback-does-not-wait-for-a-release',
    harm: 'A rollback reverses a release under the feet of the run that does it.',
    file: 'src/release/rollback.ts',
    find: 'underLock(request, async',
    replace: 'underLock({ ...request, lockTimeoutMs: 0 }, async',
    killedBy,
  },
  {
    id: 'entry-not-waited-for',
    harm: 'With nobody watching, pods are stopped while the Service still leads to them.',
    file: 'src/release/steps/entry.ts',
    find: '      allOffer(release, release.candidate, held),',
    replace: "      Promise.resolve(held.remaining() < 0 ? allOffer.name : ''),",
    killedBy: ['test/unit/release/late-endpoints.test.ts'],
  },
];
