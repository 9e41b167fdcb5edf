import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import {
  createVirtualClock,
  type Deadline,
  silentLog,
  startDeadline,
  type VirtualClock,
} from '../../../src/base/index.ts';
import { watchTraffic } from '../../../src/commands/watch-traffic.ts';
import type { Answer, ProberOptions, StartProber } from '../../../src/load/index.ts';
import type { Sighting } from '../../../src/release/index.ts';
import { answer } from '../load/samples.ts';

/** Answers every 100 ms what the test wants answered by then. */
function fakeProber(clock: VirtualClock, next: () => Partial<Answer>) {
  const started: ProberOptions[] = [];
  let stopped = 0;
  const start: StartProber = (options) => {
    started.push(options);
    const stop = new AbortController();
    const listeners = new Set<(given: Answer) => void>();
    const answers: Answer[] = [];
    const startedAt = clock.monotonic();
    let endedAt: number | null = null;
    const send = async () => {
      while (!stop.signal.aborted) {
        await clock.sleep(100, stop.signal).catch(() => undefined);
        if (stop.signal.aborted) return;
        const now = clock.monotonic();
        const given = answer({ plannedAt: now, sentAt: now, doneAt: now, ...next() });
        answers.push(given);
        for (const listener of [...listeners]) listener(given);
      }
    };
    void send();
    return {
      onAnswer(listener) {
        listeners.add(listener);
        return () => listeners.delete(listener);
      },
      async stop() {
        if (stop.signal.aborted) return;
        stopped += 1;
        endedAt = clock.monotonic();
        stop.abort();
      },
      // Two requests are on their way as long as it runs.
      tally: () => {
        const inFlight = endedAt === null ? 2 : 0;
        const planned = answers.length + inFlight;
        const tally = { startedAt, startedAtEpoch: clock.now(), endedAt, planned, inFlight };
        return { ...tally, answers: [...answers] };
      },
    };
  };
  return { start, started, stopped: () => stopped };
}

const known = { stable: ['v1'], candidate: ['v2'] };

describe('traffic that is watched during a release', () => {
  let clock: VirtualClock;
  let next: Partial<Answer>;
  let deadline: Deadline;
  beforeEach(() => {
    clock = createVirtualClock();
    next = { version: 'v1' };
    deadline = startDeadline(clock, 600_000, 'The test');
  });
  afterEach(() => {
    deadline.clear();
    clock.stop();
  });

  function watch(tolerance = 0) {
    const prober = fakeProber(clock, () => next);
    const watched = watchTraffic({
      from: 'runner',
      startProber: prober.start,
      target: { url: new URL('http://shop.test/'), host: 'shop.example.com' },
      ratePerSecond: 10,
      version: { kind: 'header', name: 'x-version' },
      tolerance,
      maxDurationMs: 600_000,
      runId: 'run',
      clock,
      log: silentLog,
    });
    return { ...watched, prober };
  }

  const sightings = (watched: ReturnType<typeof watch>) => {
    const seen: Sighting[] = [];
    watched.witness.onSighting((sighting) => seen.push(sighting));
    return seen;
  };

  it('has its baseline at once when it was watched ahead, and of the last second only', async () => {
    const watched = watch();
    watched.witness.watchAhead?.();
    next = { version: 'v1', class: 'status', status: 500 };
    await clock.sleep(3_000);
    next = { version: 'v1' };
    await clock.sleep(1_500);
    await watched.witness.start(known);
    const before = clock.monotonic();
    const result = await watched.baseline.check(watched.witness, deadline);
    expect([result.verdict, clock.monotonic() - before]).toEqual(['pass', 0]);
    expect(watched.prober.started).toHaveLength(1);
    await watched.conclude();
  });

  it('says nothing of traffic that was only watched ahead', async () => {
    const watched = watch();
    watched.witness.watchAhead?.();
    await clock.sleep(1_000);
    expect(await watched.conclude()).toBeNull();
    expect(watched.prober.stopped()).toBe(1);
  });

  it('is begun once, however often it is asked to begin', async () => {
    const watched = watch();
    await watched.witness.start(known);
    await watched.witness.start(known);
    expect(watched.prober.started).toMatchObject([
      { runId: 'run', host: 'shop.example.com', ratePerSecond: 10 },
    ]);
    await watched.conclude();
  });

  it('tells its answers apart by what the pods of each side call themselves', async () => {
    const watched = watch();
    const seen = sightings(watched);
    await watched.witness.start(known);
    await clock.sleep(150);
    next = { version: 'v2' };
    await clock.sleep(100);
    next = { version: null };
    await clock.sleep(100);
    await watched.conclude();
    expect(seen.map(({ role, ok }) => [role, ok])).toEqual([
      ['stable', true],
      ['candidate', true],
      ['unknown', true],
    ]);
  });

  it('takes an answer of neither side for a failure', async () => {
    const watched = watch();
    const seen = sightings(watched);
    await watched.witness.start(known);
    next = { version: 'v9' };
    await clock.sleep(150);
    await watched.conclude();
    expect(seen[0]).toMatchObject({ ok: false, quote: expect.stringContaining('v9') });
  });

  it.each(['v9', null])('takes an answer by %s for one of others who share the callers', async (version) => {
    const watched = watch();
    const seen = sightings(watched);
    await watched.witness.start({ ...known, isShared: true });
    next = { version };
    await clock.sleep(650);
    next = { version: 'v2' };
    await clock.sleep(650);
    const concluded = await watched.conclude();
    expect(seen[0]).toMatchObject({ ok: true, role: 'unknown', ofOthers: true });
    expect(seen.at(-1)).toMatchObject({ role: 'candidate', ofOthers: false });
    expect(concluded?.judgement.verdict).toBe('pass');
  });

  it.each([
    ['neither side says', { stable: [], candidate: [] }],
    ['both sides say the same', { stable: ['v1'], candidate: ['v1'] }],
  ])('cannot tell sides apart when %s', async (_what, versions) => {
    const watched = watch();
    const seen = sightings(watched);
    await watched.witness.start(versions);
    await clock.sleep(150);
    await watched.conclude();
    expect(seen[0]).toMatchObject({ role: 'unknown', ok: true });
  });

  it.each([
    ['the candidate', { stable: [], candidate: ['v2'] }, ['unknown', 'candidate', 'unknown']],
    ['the stable version', { stable: ['v2'], candidate: [] }, ['unknown', 'stable', 'unknown']],
  ])('tells sides apart by the name of %s alone', async (_what, versions, roles) => {
    const watched = watch();
    const seen = sightings(watched);
    await watched.witness.start(versions);
    await clock.sleep(50);
    for (const version of [null, 'v2', 'v9']) {
      next = { version };
      await clock.sleep(100);
    }
    await watched.conclude();
    expect(seen.map(({ role }) => role)).toEqual(roles);
    expect(seen.every(({ ok }) => ok)).toBe(true);
    expect(watched.witness.countKept()).toBeNull();
  });

  it('does not hold failures of our own machine against anybody', async () => {
    const watched = watch();
    const seen = sightings(watched);
    await watched.witness.start(known);
    next = { class: 'own-side', version: null, status: null };
    await clock.sleep(150);
    await watched.conclude();
    expect(seen[0]).toMatchObject({ ok: false, ownSide: true });
  });

  describe('at an entry point that is just being opened', () => {
    it('counts nothing before three good answers in a row', async () => {
      next = { class: 'status', status: 404, version: null };
      const watched = watch();
      const seen = sightings(watched);
      clock.after(1_000, () => {
        next = { version: 'v2' };
      });
      await watched.witness.start(known, deadline.within(60_000, 'The first answer'));
      await clock.sleep(1_050);
      expect(watched.prober.started.map(({ runId }) => runId)).toEqual(['run-first', 'run']);
      expect(watched.prober.stopped()).toBe(1);
      const concluded = await watched.conclude();
      expect(seen.every(({ ok }) => ok)).toBe(true);
      expect(concluded?.judgement.verdict).toBe('pass');
    });

    it('gives up with what it saw last', async () => {
      next = { class: 'status', status: 404, version: null, detail: 'answered 404' };
      const watched = watch();
      await expect(
        watched.witness.start(known, deadline.within(2_000, 'The first answer')),
      ).rejects.toMatchObject({
        code: 'Timeout',
        message: expect.stringMatching(/The first answer took longer than 2 s; last seen: .*404/),
        remedy: expect.stringContaining('http://shop.test/'),
      });
      expect(watched.prober.stopped()).toBe(1);
      expect(await watched.conclude()).toBeNull();
    });
  });

  describe('before anything moves', () => {
    it('is a clean baseline after a second and ten answers', async () => {
      const watched = watch();
      await watched.witness.start(known);
      const result = await watched.baseline.check(watched.witness, deadline);
      expect(result).toMatchObject({ gate: 'baseline', verdict: 'pass' });
      expect(result.durationMs).toBeGreaterThanOrEqual(1_000);
      await watched.conclude();
    });

    it('is invalid when a request failed already', async () => {
      const watched = watch();
      await watched.witness.start(known);
      next = { class: 'status', status: 503, detail: 'answered 503' };
      clock.after(250, () => {
        next = { version: 'v1' };
      });
      expect(await watched.baseline.check(watched.witness, deadline)).toMatchObject({
        verdict: 'invalid',
        reason: expect.stringContaining('503'),
      });
      await watched.conclude();
    });

    it('is invalid when nothing was begun', async () => {
      const watched = watch();
      expect((await watched.baseline.check(watched.witness, deadline)).verdict).toBe('invalid');
      expect((await watched.traffic.check(watched.witness, deadline)).verdict).toBe('invalid');
    });
  });

  describe('as a whole', () => {
    const release = async (tolerance: number, failing: Partial<Answer>, forMs: number) => {
      const watched = watch(tolerance);
      await watched.witness.start(known);
      await clock.sleep(1_050);
      watched.witness.switchBegins();
      next = failing;
      await clock.sleep(forMs);
      next = { version: 'v2' };
      await clock.sleep(1_000);
      const gate = await watched.traffic.check(watched.witness, deadline);
      return { gate, concluded: await watched.conclude() };
    };

    it('passes with nothing lost; what is on its way is counted at the end alone', async () => {
      const { gate, concluded } = await release(0, { version: 'v2' }, 100);
      expect(gate.verdict).toBe('pass');
      expect(concluded?.judgement.verdict).toBe('pass');
      expect(concluded?.traffic.byVersion.map(({ version, role }) => [version, role])).toEqual([
        ['v1', 'stable'],
        ['v2', 'candidate'],
      ]);
    });

    it('fails with one failure of the new version', async () => {
      const { gate, concluded } = await release(
        0,
        { version: 'v2', class: 'status', status: 500, detail: 'answered 500' },
        100,
      );
      expect(gate).toMatchObject({ verdict: 'fail', reason: expect.stringContaining('500') });
      expect(concluded?.traffic.byAttribution).toMatchObject({ candidate: 1 });
    });

    it('holds a request that nobody answered against the switch', async () => {
      const { gate, concluded } = await release(0, { version: null, status: null, class: 'reset' }, 100);
      expect(gate.verdict).toBe('fail');
      expect(concluded?.traffic.byAttribution).toMatchObject({ switch: 1 });
    });

    it('fails with a single 403 or 429 that names the new version, and not with one of an edge', async () => {
      for (const status of [403, 429]) {
        const turnedAway = { status, class: 'own-side', detail: `answered ${status}` } as const;
        const own = await release(0, { ...turnedAway, version: 'v2' }, 100);
        expect(own.gate).toMatchObject({ verdict: 'fail', reason: expect.stringContaining(String(status)) });
        expect(own.concluded?.traffic.byAttribution).toEqual({ candidate: 1 });
        const edge = await release(0, { ...turnedAway, version: null }, 100);
        expect(edge.concluded?.traffic.byAttribution).toEqual({ 'own-side': 1 });
      }
    });

    it('is invalid when nothing but redirects of nobody was met', async () => {
      next = { status: 308, version: null, detail: '308 to https://shop.test/' };
      const watched = watch();
      await watched.witness.start(known);
      await clock.sleep(2_000);
      expect(await watched.baseline.check(watched.witness, deadline)).toMatchObject({
        verdict: 'invalid',
        reason: expect.stringContaining('308 to https://shop.test/'),
      });
      expect((await watched.traffic.check(watched.witness, deadline)).verdict).toBe('invalid');
      expect((await watched.conclude())?.judgement.verdict).toBe('invalid');
    });

    it('bears what is tolerated', async () => {
      const { gate } = await release(
        1,
        { version: 'v2', class: 'status', status: 500, detail: 'answered 500' },
        100,
      );
      expect(gate.verdict).toBe('pass');
    });
  });

  describe('on connections that stay with their pods', () => {
    const onKept = (connection: number, change: Partial<Answer> = {}): Partial<Answer> => ({
      population: 'kept',
      connection,
      version: 'v1',
      ...change,
    });

    it('counts who stayed when traffic had moved, and until the end who was cut', async () => {
      const watched = watch();
      await watched.witness.start(known);
      next = onKept(0);
      await clock.sleep(150);
      next = onKept(1, { version: 'v2' });
      await clock.sleep(100);
      watched.witness.switchBegins();
      expect(watched.witness.countKept()).toEqual({ connections: 2, onAbandoned: 1, cut: 0 });
      // The old pods go, and one request with them; its connection is opened anew.
      next = onKept(0, { class: 'eof', status: null, version: null });
      await clock.sleep(100);
      next = onKept(2, { version: 'v2' });
      await clock.sleep(300);
      expect(watched.witness.countKept()).toMatchObject({ onAbandoned: 0, cut: 1 });
      const concluded = await watched.conclude();
      expect(concluded?.traffic.keptConnections).toEqual({ connections: 2, onAbandoned: 1, cut: 1 });
    });

    it('says nothing of them where nobody asked, as with a gateway', async () => {
      const watched = watch();
      await watched.witness.start(known);
      next = onKept(0);
      await clock.sleep(150);
      expect((await watched.conclude())?.traffic.keptConnections).toBeNull();
    });
  });
});
