import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { at, type Json, startDeadline } from '../../../src/base/index.ts';
import { createLedger, runSteps, undoSteps } from '../../../src/release/engine.ts';
import { type JournaledRelease, newJournal, parseJournal } from '../../../src/release/journal/journal.ts';
import { holdJournal } from '../../../src/release/journal/journal-handle.ts';
import { claimJournal, saveJournal } from '../../../src/release/journal/journal-store.ts';
import type { Release, Step } from '../../../src/release/step.ts';
import { firstRelease, shopNames } from '../../support/journals.ts';
import { describeWrite, startDoomed } from '../../support/killed-run.ts';
import { type Lab, manifests, namespace, openLab } from '../../support/release-lab.ts';

const names = shopNames({ namespace });

describe('the engine', () => {
  let lab: Lab;
  let log: string[];
  beforeEach(async () => {
    lab = await openLab();
    log = [];
  });
  afterEach(() => lab.close());

  const silent = { plan() {}, begin() {}, end() {} };
  const journalInCluster = async () => {
    const object = await lab.get('v1', 'ConfigMap', 'streamgate-shop');
    return parseJournal(String(at(object, 'data', 'journal')), 'the cluster');
  };

  async function open(release: JournaledRelease = firstRelease): Promise<Release> {
    const journal = { ...newJournal(names, ''), token: 1, release };
    await claimJournal(lab.cluster, journal);
    const { cluster, clock } = lab;
    const parts = { cluster, clock, names, token: 1, journal: holdJournal(cluster, journal, release) };
    // Steps of these tests use nothing else of a release.
    return { ...parts, log: { debug() {}, info() {}, warn() {}, error() {} } } as unknown as Release;
  }

  /** A step that notes what it does, and what the cluster's journal says of it meanwhile. */
  function step(id: string, more: Partial<Step> = {}): Step {
    return {
      id,
      title: id,
      before: async () => ({ was: id }),
      async act() {
        const { release } = await journalInCluster();
        const journaled = release?.steps.find((entry) => entry.id === id);
        log.push(`act ${id}, journaled as ${journaled?.state} with ${JSON.stringify(journaled?.before)}`);
        return 'acted';
      },
      async undo(_release, before) {
        log.push(`undo ${id} from ${JSON.stringify(before)}`);
      },
      ...more,
    };
  }

  const deadlineOf = (release: Release) => startDeadline(release.clock, 60_000, 'The test');
  const run = async (release: Release, ...steps: readonly Step[]) =>
    runSteps(steps, release, silent, deadlineOf(release));
  const undo = (release: Release, ...steps: readonly Step[]) => undoSteps(steps, release, silent);
  const states = (release: JournaledRelease | null | undefined) =>
    release?.steps.map(({ id, state }) => `${id} ${state}`);

  it('writes what it is about to change, and what was there, before it acts', async () => {
    const release = await open();
    await run(release, step('a'), step('b'));
    expect(log).toEqual([
      'act a, journaled as doing with {"was":"a"}',
      'act b, journaled as doing with {"was":"b"}',
    ]);
    expect(states((await journalInCluster()).release)).toEqual(['a done', 'b done']);
  });

  it('verifies what it did before it goes on', async () => {
    const release = await open();
    const verified = step('a', {
      async verify() {
        log.push('verify a');
        return 'seen';
      },
    });
    await run(release, verified, step('b'));
    expect(log.map((line) => line.split(',')[0])).toEqual(['act a', 'verify a', 'act b']);
  });

  it('does not do again what an earlier run has done, but for what is of each run anew', async () => {
    const done = (id: string) => ({ id, state: 'done', before: null }) as const;
    const release = await open({ ...firstRelease, steps: [done('a'), done('b')] });
    await run(release, step('a'), step('b', { everyRun: true }), step('c'));
    expect(log.map((line) => line.split(',')[0])).toEqual(['act b', 'act c']);
  });

  it('keeps the image that a run before it took: by now the field may be changed', async () => {
    const image: Json = { was: 'before the first run' };
    const release = await open({ ...firstRelease, steps: [{ id: 'a', state: 'doing', before: image }] });
    await run(release, step('a'));
    expect(log).toEqual([`act a, journaled as doing with ${JSON.stringify(image)}`]);
  });

  it('goes back in reverse order, from the images, over steps that were only begun', async () => {
    const release = await open();
    const failing = step('c', { act: () => Promise.reject(new Error('broken')) });
    const steps = [step('a'), step('b'), failing, step('d')];
    await expect(run(release, ...steps)).rejects.toThrow('broken');
    log = [];
    await undo(release, ...steps);
    expect(log).toEqual(['undo c from {"was":"c"}', 'undo b from {"was":"b"}', 'undo a from {"was":"a"}']);
    const { release: written } = await journalInCluster();
    expect(states(written)).toEqual(['a undone', 'b undone', 'c undone']);
    expect(written?.phase).toBe('undoing');
  });

  it('goes on going back when a step cannot be undone, and throws that at the end', async () => {
    const release = await open();
    const stubborn = step('b', { undo: () => Promise.reject(new Error('stuck')) });
    const steps = [step('a'), stubborn, step('c')];
    await run(release, ...steps);
    log = [];
    await expect(undo(release, ...steps)).rejects.toThrow('stuck');
    expect(log).toEqual(['undo c from {"was":"c"}', 'undo a from {"was":"a"}']);
    expect(states((await journalInCluster()).release)).toEqual(['a undone', 'b done', 'c undone']);
  });

  it('undoes nothing twice', async () => {
    const release = await open({ ...firstRelease, steps: [{ id: 'a', state: 'undone', before: null }] });
    await undo(release, step('a'));
    expect(log).toEqual([]);
  });

  it('gives up a way back that takes longer than two minutes', async () => {
    const release = await open();
    const endless = step('a', {
      undo: (_release, _before, deadline) => lab.clock.sleep(3_600_000, deadline.signal),
    });
    await run(release, endless);
    const began = lab.clock.monotonic();
    await expect(undo(release, endless)).rejects.toMatchObject({ code: 'Timeout' });
    expect(lab.clock.monotonic() - began).toBe(120_000);
  });

  it('stops where somebody else has taken the journal over', async () => {
    const release = await open();
    const overtaken = step('a', {
      async act() {
        await claimJournal(lab.cluster, { ...newJournal(names, ''), token: 2 });
        return '';
      },
    });
    await expect(run(release, overtaken, step('b'))).rejects.toMatchObject({ code: 'Superseded' });
    expect(log).toEqual([]);
  });

  it('refuses a journal that the cluster could not hold', async () => {
    const release = await open();
    const huge = { ...release.journal.current, repository: 'x'.repeat(300_000) };
    await expect(saveJournal(lab.cluster, huge)).rejects.toMatchObject({
      code: 'Refused',
      message: expect.stringContaining('larger than 256 KiB'),
    });
  });

  it('undoes what came before a step that the journal had no room for', async () => {
    const release = await open();
    const huge = step('b', { before: async () => ({ spec: 'x'.repeat(300_000) }) });
    await expect(run(release, step('a'), huge)).rejects.toMatchObject({ code: 'Refused' });
    expect(log).toHaveLength(1);
    await undo(release, step('a'), huge);
    expect(log.slice(1)).toEqual(['undo a from {"was":"a"}']);
    expect(states((await journalInCluster()).release)).toEqual(['a undone']);
  });

  it('tells how each step ended, in the order in which they began', async () => {
    const release = await open({ ...firstRelease, steps: [{ id: 'a', state: 'done', before: null }] });
    const ledger = createLedger(lab.clock, silent);
    const failing = step('c', { act: () => Promise.reject(new Error('broken')) });
    const slow = step('b', {
      async act() {
        await lab.clock.sleep(1_500);
        return 'acted';
      },
    });
    const steps = [step('a'), slow, failing];
    await runSteps(steps, release, ledger.listener, deadlineOf(release)).catch(() => undefined);
    expect(ledger.records.map(({ id, outcome, detail }) => [id, outcome, detail])).toEqual([
      ['a', 'skipped', 'done by an earlier run'],
      ['b', 'done', 'acted'],
      ['c', 'failed', 'broken'],
    ]);
    expect(ledger.records.map(({ durationMs }) => durationMs)).toEqual([0, 1_500, 0]);
  });
});

describe('the writes of a whole release', () => {
  it('are each announced by the journal under the step that makes them', async () => {
    const lab = await openLab();
    await lab.deploy(manifests({ VERSION: 'v1' }));
    const { change, writes } = startDoomed(lab);
    await lab.deploy(manifests({ VERSION: 'v2' }), change);
    const doing: string[] = [];
    let current = 'nothing';
    for (const request of writes) {
      const [, journal] = /\\"steps\\": \[([\s\S]*)/.exec(request.body ?? '') ?? [];
      if (request.path.includes('configmaps/streamgate-shop')) {
        const begunSteps = [
          ...(journal ?? '').matchAll(/\\"id\\": \\"([a-z-]+)\\",\\n\s+\\"state\\": \\"doing/g),
        ];
        current = begunSteps.at(-1)?.[1] ?? 'nothing';
      } else if (!request.path.includes('leases')) doing.push(`${current}: ${describeWrite(request)}`);
    }
    expect(doing).toEqual([
      'stamp: PATCH deployments/shop-blue',
      'stamp: PATCH services/shop-blue',
      'stamp: PATCH services/shop-green',
      'stamp: PATCH services/shop',
      'stamp: PATCH httproutes/shop',
      'start-candidate: POST deployments',
      'split-route: PATCH httproutes/shop',
      'shift-weights: PATCH httproutes/shop',
      'move-entry: PATCH services/shop',
      'restore-route: PATCH httproutes/shop',
      'record-revision: POST controllerrevisions',
    ]);
    await lab.close();
  });
});
