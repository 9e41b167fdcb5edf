import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, it } from '@jest/globals';
import { systemClock } from '../../src/base/index.ts';
import { goBack, release, type Theatre } from '../../tools/demo/acts.ts';
import { openClusterStage, type Stage } from '../../tools/demo/stage.ts';
import type { ActionResult } from '../../tools/runner.ts';
import { ensureBuilt } from '../support/built.ts';
import { askSlowly, type HeldSocket, holdWebSocket, type LongRequest } from '../support/held-connections.ts';
import { describeOnCluster } from './given-cluster.ts';
import { type Change, type Load, lateAnswers, makeChange, medianFigures, startLoad } from './long-run.ts';
import { hasVegeta, withoutVegeta } from './vegeta.ts';

const minutes = 60_000;
const rounds = Number(process.env.STREAMGATE_TEST_ROUNDS ?? 20);
const rates = { callers: 300, vegeta: 100, action: 50 };
const slowSeconds = 30;

describeOnCluster(
  'many releases forward and back on a real cluster, one after the other under load',
  (cluster) => {
    let stage: Stage;
    let theatre: Theatre;
    const output = mkdtempSync(join(tmpdir(), 'streamgate-cluster-'));
    const changes: Change[] = [];
    let load: Load | undefined;
    let socket: HeldSocket | undefined;
    let slow: { readonly onStable: LongRequest; readonly onAbandoned: LongRequest } | undefined;

    beforeAll(async () => {
      // Requests of half a minute take servers that wait for them.
      stage = { ...(await openClusterStage(cluster)), graceSeconds: slowSeconds + 20 };
      const inputs = { 'progress-deadline': '2m' };
      theatre = {
        stage,
        from: ensureBuilt(),
        output,
        rate: rates.action,
        observe: '1s',
        smoke: '',
        inputs,
        onOutput: undefined,
      };
      await change('first release', 'v1', '', () => release(theatre, versionOf('v1', false)));
      await underLoad(async () => {
        socket = await holdWebSocket(stage.url, stage.hostname);
        const onStable = askHalfAMinute();
        for (let round = 1; round < rounds; round++) await forwardAndBack(round);
        const onAbandoned = await forwardAndBack(rounds, () => askHalfAMinute());
        if (onAbandoned !== undefined) slow = { onStable: await onStable, onAbandoned: await onAbandoned };
      });
    }, 15 * minutes);

    afterAll(async () => {
      socket?.close();
      if (load !== undefined) process.stderr.write(`${medianFigures(changes.slice(1), load).join('\n')}\n`);
      await stage?.close();
      rmSync(output, { recursive: true, force: true });
    });

    /** Only the version that long requests are left with waits for them: a connection that never had one holds it up, too. */
    const versionOf = (name: string, waits: boolean) => ({
      name,
      knobs: waits ? { LONGEST_ANSWER: `${slowSeconds + 10}s` } : {},
      story: '',
    });

    const askHalfAMinute = () => askSlowly({ url: stage.url, host: stage.hostname }, slowSeconds * 1_000);

    /** Runs with both load generators, and keeps what they counted. */
    async function underLoad(run: () => Promise<void>): Promise<void> {
      const started = startLoad(stage, rates, { keepAlive: true });
      try {
        await run();
      } finally {
        load = await started.stop();
      }
    }

    async function forwardAndBack<T>(round: number, between?: () => T): Promise<T | undefined> {
      const next = `next-${round}`;
      await change(`release ${round}`, next, 'v1', () =>
        release(theatre, versionOf(next, between !== undefined)),
      );
      const begun = between?.();
      // It has to be on its way before traffic moves.
      if (begun !== undefined) await systemClock.sleep(1_000);
      await change(`rollback ${round}`, 'v1', next, () => goBack(theatre));
      return begun;
    }

    async function change(title: string, to: string, from: string, run: () => Promise<ActionResult>) {
      changes.push(await makeChange({ title, to, from }, run));
    }

    it('ends every change as it should, and no action counts a lost request', () => {
      const [first, ...others] = changes;
      expect(first?.outcome).toBe('Promoted');
      expect(others).toHaveLength(2 * rounds);
      const ends = others.map(({ title, outcome, failed }) => `${title}: ${outcome}, ${failed} failed`);
      const wanted = others.map(({ title }) =>
        title.startsWith('release') ? `${title}: Promoted, 0 failed` : `${title}: FastRolledBack, 0 failed`,
      );
      expect(ends).toEqual(wanted);
    });

    it('loses no request of callers on kept and on fresh connections', () => {
      const { answers = [], planned } = load ?? {};
      expect(answers).toHaveLength(planned ?? -1);
      expect(new Set(answers.map(({ population }) => population))).toEqual(new Set(['kept', 'fresh']));
      expect(answers.filter((answer) => answer.class !== 'ok')).toEqual([]);
    });

    it('loses no request of a generator that nobody here wrote', () => {
      expect(load?.counted.requests).toBeGreaterThan(1_000);
      expect(load?.counted).toMatchObject({ statusCodes: { 200: load?.counted.requests }, errors: [] });
    });

    it('answers nobody by the version that was left, once the change was proven', () => {
      if (load === undefined) throw new Error('there was no load');
      expect(lateAnswers(changes.slice(1), load)).toEqual([]);
    });

    it('holds a WebSocket open over all of them', () => {
      expect(socket?.closed).toBeUndefined();
      expect(new Set(socket?.heard.map(({ version }) => version))).toEqual(new Set(['v1']));
      expect(socket?.heard.at(-1)?.at).toBeGreaterThan(changes.at(-1)?.began ?? Number.POSITIVE_INFINITY);
    });

    it('answers requests that take half a minute, also those of the version that is left meanwhile', () => {
      expect(slow?.onStable).toMatchObject({ how: '200', version: 'v1' });
      expect(slow?.onAbandoned).toMatchObject({ how: '200', version: `next-${rounds}` });
      // It was under way when its version was left.
      expect(slow?.onAbandoned.beganAt).toBeLessThan(changes.at(-1)?.began ?? 0);
      expect(slow?.onAbandoned.endedAt).toBeGreaterThan(changes.at(-1)?.provenAt ?? Number.POSITIVE_INFINITY);
    });
  },
  hasVegeta ? undefined : withoutVegeta,
);
