import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, it } from '@jest/globals';
import type { Answer } from '../../src/load/index.ts';
import { goBack, release, type Theatre } from '../../tools/demo/acts.ts';
import { openClusterStage, type Stage } from '../../tools/demo/stage.ts';
import { ensureBuilt } from '../support/built.ts';
import { describeOnCluster, readCluster } from './given-cluster.ts';
import { type Change, type Load, lateAnswers, makeChange, medianFigures, startLoad } from './long-run.ts';
import { connectGiven, findNodeAddress, findNodePort } from './node-address.ts';
import { hasVegeta, withoutVegeta } from './vegeta.ts';

const minutes = 60_000;
const rounds = Number(process.env.STREAMGATE_TEST_SELECTOR_ROUNDS ?? 6);
const rates = { callers: 200, vegeta: 100, action: 50 };
const given = readCluster();
const node = given === undefined ? { address: '' } : await findNodeAddress(given);

/** How a kept connection ends when its pod goes: without an answer. */
const cutClasses: readonly Answer['class'][] = ['reset', 'eof', 'truncated'];

describeOnCluster(
  'many releases forward and back behind a node port, one after the other under load',
  (cluster) => {
    let stage: Stage;
    let theatre: Theatre;
    let load: Load | undefined;
    const output = mkdtempSync(join(tmpdir(), 'streamgate-cluster-'));
    const changes: Change[] = [];

    const versionOf = (name: string) => ({ name, knobs: {}, story: '' });

    beforeAll(async () => {
      const opened = await openClusterStage(cluster);
      const nodePort = await findNodePort(await connectGiven(cluster.kubeconfig), opened.namespace);
      stage = { ...opened, nodePort, url: `http://${'address' in node ? node.address : ''}:${nodePort}/` };
      theatre = {
        stage,
        from: ensureBuilt(),
        output,
        rate: rates.action,
        observe: '1s',
        smoke: '',
        inputs: { 'progress-deadline': '2m' },
        onOutput: undefined,
      };
      await makeChange({ title: 'first release', to: 'v1', from: '' }, () =>
        release(theatre, versionOf('v1')),
      );
      const started = startLoad(stage, rates, { keepAlive: false });
      try {
        for (let round = 1; round <= rounds; round++) await forwardAndBack(round);
      } finally {
        load = await started.stop();
      }
    }, 10 * minutes);

    async function forwardAndBack(round: number): Promise<void> {
      const next = `next-${round}`;
      const forward = { title: `release ${round}`, to: next, from: 'v1' };
      changes.push(await makeChange(forward, () => release(theatre, versionOf(next))));
      const back = { title: `rollback ${round}`, to: 'v1', from: next };
      changes.push(await makeChange(back, () => goBack(theatre)));
    }

    afterAll(async () => {
      if (load !== undefined) process.stderr.write(`${figures(load).join('\n')}\n`);
      await stage?.close();
      rmSync(output, { recursive: true, force: true });
    });

    const only = (population: Answer['population']) =>
      load?.answers.filter((answer) => answer.population === population) ?? [];
    const keptFailures = () => only('kept').filter((answer) => answer.class !== 'ok');

    function figures(counted: Load): readonly string[] {
      const told = changes.map(({ evidence }) => evidence.traffic?.keptConnections?.cut ?? 0);
      const sum = told.reduce((all, one) => all + one, 0);
      return [
        ...medianFigures(changes, { ...counted, answers: only('fresh') }),
        `kept connections: ${keptFailures().length} of ${only('kept').length} requests of callers were cut, ${sum} of those of the actions`,
      ];
    }

    it('ends every change as it should', () => {
      const wanted = changes.map(({ title }) =>
        title.startsWith('release') ? 'Promoted' : 'FastRolledBack',
      );
      expect(changes).toHaveLength(2 * rounds);
      expect(changes.map(({ outcome }) => outcome)).toEqual(wanted);
    });

    it('loses no request of callers who come on a connection of their own', () => {
      expect(load?.answers).toHaveLength(load?.planned ?? -1);
      expect(only('fresh').length).toBeGreaterThan(1_000);
      expect(only('fresh').filter((answer) => answer.class !== 'ok')).toEqual([]);
    });

    it('loses no request of a generator that nobody here wrote, with a connection for each', () => {
      expect(load?.counted.requests).toBeGreaterThan(1_000);
      expect(load?.counted).toMatchObject({ statusCodes: { 200: load?.counted.requests }, errors: [] });
    });

    it('answers no new connection by the version that was left, once the change was proven', () => {
      if (load === undefined) throw new Error('there was no load');
      expect(lateAnswers(changes, { ...load, answers: only('fresh') })).toEqual([]);
    });

    it('counts the kept connections that a change cut, and tells them apart from what it lost', () => {
      for (const { title, failed, evidence } of changes) {
        const { traffic } = evidence;
        const cut = traffic?.keptConnections?.cut;
        expect([title, traffic?.failed, failed]).toEqual([title, cut, String(cut)]);
        expect(traffic?.failures.filter(({ population }) => population !== 'kept')).toEqual([]);
      }
    });

    it('cuts kept connections only with the pods that go, and never answers them badly', () => {
      expect(keptFailures().filter((answer) => !cutClasses.includes(answer.class))).toEqual([]);
      // Old pods stay warm after a release, and go after a rollback.
      const releases = changes.filter(({ title }) => title.startsWith('release'));
      expect(releases.map(({ evidence }) => evidence.traffic?.keptConnections?.cut)).toEqual(
        releases.map(() => 0),
      );
      expect(
        releases.every(({ evidence }) => (evidence.traffic?.keptConnections?.onAbandoned ?? 0) > 0),
      ).toBe(true);
    });
  },
  'hindrance' in node ? node.hindrance : hasVegeta ? undefined : withoutVegeta,
);
