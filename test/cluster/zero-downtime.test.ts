import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, it } from '@jest/globals';
import { silentLog, systemClock } from '../../src/base/index.ts';
import type { Evidence } from '../../src/evidence/index.ts';
import { type Answer, type Prober, startProber } from '../../src/load/index.ts';
import { goBack, release, type Theatre } from '../../tools/demo/acts.ts';
import { openClusterStage, type Stage } from '../../tools/demo/stage.ts';
import type { ActionResult } from '../../tools/runner.ts';
import { ensureBuilt } from '../support/built.ts';
import { askSlowly, type HeldSocket, holdWebSocket, type LongRequest } from '../support/held-connections.ts';
import { describeOnCluster } from './given-cluster.ts';
import { hasVegeta, startVegeta, type VegetaCount } from './vegeta.ts';

const minutes = 60_000;
const rounds = Number(process.env.STREAMGATE_TEST_ROUNDS ?? 20);
const rates = { callers: 300, vegeta: 100, action: 50 };
const slowSeconds = 30;

/** One change of the version that answers, as an action said and proved it. Instants are milliseconds since the epoch. */
interface Change {
  readonly title: string;
  readonly to: string;
  readonly from: string;
  readonly began: number;
  /** From here on no request may be answered by the version that was left. */
  readonly provenAt: number;
  readonly ended: number;
  readonly outcome: string;
  readonly failed: string;
}

describeOnCluster(
  'many releases forward and back on a real cluster, one after the other under load',
  (cluster) => {
    let stage: Stage;
    let theatre: Theatre;
    const output = mkdtempSync(join(tmpdir(), 'streamgate-cluster-'));
    const changes: Change[] = [];
    const startedAt = { epoch: 0, monotonic: 0 };
    let answers: readonly Answer[] = [];
    let planned = 0;
    let counted: VegetaCount | undefined;
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
      await underLoad(async (callers) => {
        Object.assign(startedAt, {
          epoch: callers.tally().startedAtEpoch,
          monotonic: callers.tally().startedAt,
        });
        socket = await holdWebSocket(stage.url, stage.hostname);
        const onStable = askHalfAMinute();
        for (let round = 1; round < rounds; round++) await forwardAndBack(round);
        const onAbandoned = await forwardAndBack(rounds, () => askHalfAMinute());
        if (onAbandoned !== undefined) slow = { onStable: await onStable, onAbandoned: await onAbandoned };
      });
    }, 15 * minutes);

    afterAll(async () => {
      socket?.close();
      if (changes.length > 1) process.stderr.write(`${figures().join('\n')}\n`);
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
    async function underLoad(run: (callers: Prober) => Promise<void>): Promise<void> {
      const callers = startProber({
        url: new URL(stage.url),
        host: stage.hostname,
        ratePerSecond: rates.callers,
        timeoutMs: 10_000,
        version: { kind: 'header', name: 'x-version' },
        runId: 'zero',
        clock: systemClock,
        log: silentLog,
        signal: new AbortController().signal,
        maxDurationMs: 8 * minutes,
      });
      const vegeta = startVegeta(stage, rates.vegeta);
      try {
        await run(callers);
      } finally {
        [counted] = await Promise.all([vegeta.stop(), callers.stop()]);
        ({ answers, planned } = callers.tally());
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

    async function change(
      title: string,
      to: string,
      from: string,
      run: () => Promise<ActionResult>,
    ): Promise<void> {
      const began = Date.now();
      const { outputs, stdout, stderr } = await run();
      if (outputs.evidence === undefined) throw new Error(`${title}: ${stdout}${stderr}`);
      const { steps }: Evidence = JSON.parse(readFileSync(outputs.evidence, 'utf8'));
      const moved = steps.find(({ id }) => ['shift-weights', 'return-route', 'open-routes'].includes(id));
      const provenAt = Date.parse(moved?.startedAt ?? '') + (moved?.durationMs ?? 0);
      const { outcome = '', 'failed-requests': failed = '' } = outputs;
      changes.push({ title, to, from, began, provenAt, ended: Date.now(), outcome, failed });
    }

    const epoch = (monotonic: number) => startedAt.epoch + (monotonic - startedAt.monotonic);

    /** Medians, for people who read along. */
    function figures(): readonly string[] {
      const median = (values: readonly number[]) =>
        [...values].sort((a, b) => a - b)[Math.floor(values.length / 2)]?.toFixed(2) ?? '–';
      const of = (kind: string) => changes.filter(({ title }) => title.startsWith(kind));
      const lastOf = ({ from, began, ended }: Change) =>
        Math.max(
          ...answers
            .filter(
              ({ version, doneAt }) => version === from && epoch(doneAt) > began && epoch(doneAt) < ended,
            )
            .map(({ doneAt }) => (epoch(doneAt) - began) / 1_000),
        );
      const seconds = ({ began, ended }: Change) => (ended - began) / 1_000;
      return [
        `${planned} requests of callers, ${counted?.requests} of vegeta, over ${changes.length - 1} changes`,
        `release: median ${median(of('release').map(seconds))} s, callers all on the new version after ${median(of('release').map(lastOf))} s`,
        `rollback: median ${median(of('rollback').map(seconds))} s, callers all on the old version after ${median(of('rollback').map(lastOf))} s`,
      ];
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
      expect(answers).toHaveLength(planned);
      expect(new Set(answers.map(({ population }) => population))).toEqual(new Set(['kept', 'fresh']));
      expect(answers.filter((answer) => answer.class !== 'ok')).toEqual([]);
    });

    it('loses no request of a generator that nobody here wrote', () => {
      expect(counted?.requests).toBeGreaterThan(1_000);
      expect(counted).toMatchObject({ statusCodes: { 200: counted?.requests }, errors: [] });
    });

    it('answers nobody by the version that was left, once the change was proven', () => {
      const [, ...others] = changes;
      const late = others.flatMap(({ title, to, provenAt }, index) => {
        const until = others[index + 1]?.began ?? Number.POSITIVE_INFINITY;
        const sent = answers.filter(({ sentAt }) => epoch(sentAt) > provenAt && epoch(sentAt) < until);
        expect(sent.length).toBeGreaterThan(0);
        return sent.filter(({ version }) => version !== to).map((answer) => ({ title, ...answer }));
      });
      expect(late).toEqual([]);
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
  hasVegeta ? undefined : 'vegeta is not in PATH: go install github.com/tsenart/vegeta/v12@v12.13.0',
);
