import { at, equalJson } from '../../src/base/index.ts';
import { readJournal } from '../../src/release/index.ts';
import { type Lab, namespace } from './release-lab.ts';

/** Every law that must hold between two runs and does not, in words. */
export async function findBrokenLaws(lab: Lab): Promise<string[]> {
  const journal = await readJournal(lab.cluster, namespace, 'shop');
  if (journal === undefined) return ['there is no journal'];
  const { live, previous, names } = journal;
  const broken: string[] = [];
  const expect = (holds: boolean, law: string) => {
    if (!holds) broken.push(law);
  };

  const versions = new Set<string>();
  for (let n = 0; n < 8; n++) versions.add(lab.ask().env.VERSION ?? 'none');
  expect(versions.size === 1 && !versions.has('none'), `one version serves, not ${[...versions].join(', ')}`);

  const route = await lab.route();
  const refs = at(route, 'spec', 'rules', 0, 'backendRefs');
  const wanted = [{ group: '', kind: 'Service', name: 'shop', port: 80, weight: 1 }];
  if (lab.mode === 'gateway')
    expect(equalJson(refs, wanted), `the route is its manifest: ${JSON.stringify(refs)}`);
  else expect(route === undefined, 'nobody made a route');

  const entry = await lab.get('v1', 'Service', 'shop');
  const selected = at(entry, 'spec', 'selector', 'streamgate.io/slot');
  expect(selected === live?.slot, `the entry Service selects ${live?.slot}, not ${String(selected)}`);

  const lease = await lab.get('coordination.k8s.io/v1', 'Lease', 'streamgate-shop');
  expect(at(lease, 'spec', 'holderIdentity') === undefined, 'the lock is free');

  for (const slot of ['blue', 'green'] as const) {
    const deployment = await lab.get('apps/v1', 'Deployment', names.deployments[slot]);
    const replicas = Number(at(deployment, 'spec', 'replicas') ?? 0);
    const isWarm = live?.slot === slot || (previous?.slot === slot && previous.warm);
    expect(
      replicas > 0 === isWarm,
      `slot ${slot} is ${isWarm ? 'warm' : 'empty'}, but has ${replicas} replicas`,
    );
  }

  const revisions = await lab.cluster.list(
    { apiVersion: 'apps/v1', kind: 'ControllerRevision' },
    { namespace },
  );
  const numbers = revisions.map((object) => Number(at(object, 'revision')));
  expect(revisions.length <= 5, `at most 5 revisions are kept, not ${numbers.join(', ')}`);
  if (live !== null) expect(numbers.includes(live.revision), `revision ${live.revision} is kept`);
  if (previous !== null) expect(numbers.includes(previous.revision), `revision ${previous.revision} is kept`);
  return broken;
}
