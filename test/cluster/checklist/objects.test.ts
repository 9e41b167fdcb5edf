import { expect } from '@jest/globals';
import { at, canonicalJson } from '../../../src/base/index.ts';
import { parseManifests } from '../../../src/cluster/index.ts';
import { manifestsOf } from '../../../tools/demo/versions.ts';
import type { ActionResult } from '../../../tools/runner.ts';
import type { App } from './app.ts';
import { inBothModes } from './in-both-modes.ts';
import { type Change, editDeployment, knobs } from './knobs.ts';

/** A manifest with three mistakes. */
const unfit: Change = {
  edit: editDeployment((deployment, container) => {
    deployment.setIn(['spec', 'strategy'], { type: 'Recreate' });
    deployment.setIn(['spec', 'replicas'], 0);
    deployment.deleteIn([...container, 'readinessProbe']);
  }),
};

/** The same pods with another file in their ConfigMap. */
const configured: Change = {
  edit: (document) => {
    if (document.get('kind') !== 'ConfigMap') return;
    const file = ['data', 'server.mjs'];
    document.setIn(file, `${String(document.getIn(file))}// another day\n`);
  },
};

const kinds = [
  ['v1', 'Service'],
  ['v1', 'ConfigMap'],
  ['apps/v1', 'Deployment'],
  ['apps/v1', 'ControllerRevision'],
  ['gateway.networking.k8s.io/v1', 'HTTPRoute'],
  ['coordination.k8s.io/v1', 'Lease'],
] as const;

/** Every object of the namespace by name and generation of its content. */
async function objectsOf(app: App): Promise<readonly string[]> {
  const lists = await Promise.all(kinds.map(([apiVersion, kind]) => app.list(apiVersion, kind)));
  return lists
    .flat()
    .map(({ kind, metadata, spec, data }) =>
      canonicalJson({ kind, name: metadata.name, annotations: metadata.annotations ?? {}, spec, data }),
    )
    .sort();
}

const namesIn = (objects: readonly string[]) =>
  objects.map((text) => JSON.parse(text)).map(({ kind, name }) => `${kind} ${name}`);

/** An action that may end before there is any evidence. */
async function resultOf({ action, run }: ReturnType<App['start']>): Promise<ActionResult> {
  run.catch(() => undefined);
  return action.result;
}

inBothModes(
  'releases that are refused and mended, changed in their configuration alone, and robbed of their objects',
  async (app) => {
    const empty = await objectsOf(app);
    const refused = await resultOf(app.startRelease('bad', knobs.errs));
    const afterRefused = await objectsOf(app);
    const mended = await app.release('v1');

    const before = await objectsOf(app);
    const wrong = await resultOf(app.startRelease('v2', unfit));
    const afterWrong = await objectsOf(app);

    const same = await app.release('v1');
    const config = await app.release('v1', configured);

    const robbed = app.startRelease('v2', { inputs: { observe: '20s' } });
    await app.until('the traffic of v2', () => app.traffic.entry.at(-1)?.to === 'blue');
    await app.cluster.delete({
      apiVersion: 'apps/v1',
      kind: 'Deployment',
      namespace: app.stage.namespace,
      name: 'shop-blue',
    });
    const candidateGone = await robbed.run;

    const headless = app.startRelease('v3', { inputs: { observe: '20s' } });
    await app.until('the traffic of v3', () => app.traffic.entry.at(-1)?.to === 'blue');
    const entry = { apiVersion: 'v1', kind: 'Service', namespace: app.stage.namespace, name: 'shop' };
    await app.cluster.delete(entry);
    const entryGone = await resultOf(headless);
    const [service] = parseManifests([
      { name: 'app.yaml', text: manifestsOf({ name: 'v3', knobs: {}, story: '' }, app.stage) },
    ]).objects.filter(({ kind }) => kind === 'Service');
    if (service !== undefined) await app.cluster.apply(service, { force: true });
    const putBack = await app.run('rollback');
    return {
      empty,
      refused,
      afterRefused,
      mended,
      before,
      wrong,
      afterWrong,
      same,
      config,
      candidateGone,
      entryGone,
      putBack,
    };
  },
  ({ item, told, mode }) => {
    item('L02 mends what was refused by releasing again: nothing has to be cleared away', () => {
      const { app, seen } = told();
      expect(seen.refused.outputs).toMatchObject({ outcome: 'Aborted', verdict: 'fail' });
      // What is left of it are the lock, free, the journal, and what others apply is never taken back.
      const left = namesIn(seen.afterRefused).filter((name) => !namesIn(seen.empty).includes(name));
      expect(left.filter((name) => !/^(Lease|ConfigMap) /.test(name))).toEqual([]);
      expect(seen.mended.outputs.outcome).toBe('Promoted');
      expect(seen.mended.after.serving).toBe('v1');
      expect(app.pods.of('bad').every(({ goesAt }) => goesAt !== undefined)).toBe(true);
    });

    item(
      'L03 refuses manifests that cannot be released before anything is touched, all mistakes at once',
      () => {
        const { seen } = told();
        expect(seen.wrong.code).toBe(1);
        const said = `${seen.wrong.stdout}${seen.wrong.outputs.reason ?? ''}`;
        for (const mistake of ['strategy Recreate', 'asks for 0 replicas', 'no readinessProbe'])
          expect(said).toContain(mistake);
        expect(seen.afterWrong).toEqual(seen.before);
      },
    );

    item('L04 ends when an object is deleted: what is still there is put back, what is not is named', () => {
      const { seen } = told();
      const { candidateGone, entryGone, putBack, config } = seen;
      expect(candidateGone.outputs).toMatchObject({ outcome: 'Aborted', verdict: 'fail' });
      expect(candidateGone.after).toEqual({ ...config.after, pods: { v1: expect.anything() } });
      expect(entryGone.outputs).toMatchObject({ outcome: 'Inconclusive', verdict: 'fail' });
      expect(entryGone.outputs.reason).toContain('Service');
      expect(entryGone.outputs.reason).toContain('/shop');
      expect(putBack.outputs).toMatchObject({ outcome: 'RolledBack', verdict: 'pass' });
      expect(putBack.after).toMatchObject({ serving: 'v1', entry: 'green' });
      expect(putBack.after.backends).toEqual(mode === 'gateway' ? ['shop:1'] : []);
    });

    item('L06 releases a change of the configuration alone', () => {
      const { app, seen } = told();
      expect(seen.same.outputs.outcome).toBe('NothingToRelease');
      expect(seen.config.outputs.outcome).toBe('Promoted');
      expect(seen.config.after.entry).toBe('green');
      expect(seen.mended.after.entry).toBe('blue');
      expect(app.lostIn(seen.config)).toEqual([]);
    });

    item('L11 tells of every step how it ended and how long it took', () => {
      const { seen } = told();
      for (const run of [seen.mended, seen.config, seen.candidateGone, seen.putBack]) {
        const { steps } = run.evidence;
        expect(steps.length).toBeGreaterThan(5);
        for (const step of steps) {
          expect(step.outcome).toMatch(/^(done|failed|undone|skipped)$/);
          if (step.outcome !== 'skipped')
            expect([step.id, typeof step.durationMs]).toEqual([step.id, 'number']);
        }
      }
      // In the order in which they began; of one that was undone it is told when that began.
      const begun = seen.config.evidence.steps.map(({ startedAt }) => startedAt ?? '');
      expect(begun).toEqual([...begun].sort());
      expect(seen.candidateGone.evidence.steps.map(({ outcome }) => outcome)).toContain('undone');
      expect(at(seen.config.evidence.steps[0], 'durationMs')).toBeGreaterThanOrEqual(0);
    });
  },
);
