import { describe, expect, it } from '@jest/globals';
import { createVirtualClock, silentLog } from '../../../src/base/index.ts';
import { createCluster, type Transport } from '../../../src/cluster/index.ts';
import { createTurns } from '../../../src/cluster/turns.ts';

const never = new AbortController().signal;

describe('turns', () => {
  it('are as many as allowed, and go to those who came first', async () => {
    const turns = createTurns(2);
    const came: string[] = [];
    const come = async (name: string) => {
      const giveBack = await turns.take(never);
      came.push(name);
      return giveBack;
    };
    const [first, , third, fourth] = ['first', 'second', 'third', 'fourth'].map(come);
    const giveBack = await first;
    await new Promise(setImmediate);
    expect(came).toEqual(['first', 'second']);
    giveBack?.();
    (await third)?.();
    await fourth;
    expect(came).toEqual(['first', 'second', 'third', 'fourth']);
  });

  it('are not lost to whoever is cancelled while waiting', async () => {
    const turns = createTurns(1);
    const giveBack = await turns.take(never);
    const cancelled = new AbortController();
    const waiting = turns.take(cancelled.signal);
    const next = turns.take(never);
    cancelled.abort(new Error('cancelled'));
    await expect(waiting).rejects.toThrow('cancelled');
    giveBack();
    expect(await next).toEqual(expect.any(Function));
  });
});

it('a cluster of which a thousand things are asked at once is asked for 32 at a time, and answers all', async () => {
  let [inFlight, most] = [0, 0];
  const transport: Transport = {
    name: 'counting',
    async send() {
      inFlight += 1;
      most = Math.max(most, inFlight);
      await new Promise(setImmediate);
      inFlight -= 1;
      const body = JSON.stringify({ gitVersion: 'v1.34.10' });
      return { status: 200, headers: { 'content-type': 'application/json' }, body: textOf(body) };
    },
    portForward: () => Promise.reject(new Error('not asked for')),
  };
  const cluster = createCluster({ transport, clock: createVirtualClock(), log: silentLog, signal: never });
  const answers = await Promise.all(Array.from({ length: 1_000 }, () => cluster.version()));
  expect(new Set(answers)).toEqual(new Set(['v1.34.10']));
  expect(answers).toHaveLength(1_000);
  expect(most).toBe(32);
});

async function* textOf(text: string): AsyncIterable<string> {
  yield text;
}
