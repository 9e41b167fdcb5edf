import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import type { Act } from '../../tools/demo/acts.ts';
import { playDemo } from '../../tools/demo/play.ts';
import { openSandboxStage } from '../../tools/demo/stage.ts';
import { faults, type Part, parts } from '../../tools/demo/versions.ts';
import { ensureBuilt } from '../support/built.ts';

/** The same names with each other's faults: were an outcome decided by anything but what a version does, it would show. */
const swapped: readonly Part[] = [
  { name: 'v1', ...faults.none },
  { name: 'v2', ...faults.atOnce },
  { name: 'v2', ...faults.underTraffic },
  { name: 'v3', ...faults.none },
];

const output = mkdtempSync(join(tmpdir(), 'streamgate-demo-'));
const played = new Map<readonly Part[], readonly Act[]>();

/** Plays a cast against the build output, on a cluster of its own. */
async function play(from: string, cast: readonly Part[]): Promise<void> {
  const stage = await openSandboxStage();
  const theatre = {
    stage,
    from,
    output: mkdtempSync(join(output, 'play-')),
    rate: 200,
    observe: '1s',
    onOutput: undefined,
  };
  const acts: Act[] = [];
  played.set(cast, acts);
  try {
    for await (const act of playDemo(theatre, cast)) acts.push(act);
  } finally {
    await stage.close();
  }
}

beforeAll(async () => {
  const from = ensureBuilt();
  await Promise.all([play(from, parts), play(from, swapped)]);
}, 180_000);
afterAll(() => rmSync(output, { recursive: true, force: true }));

describe.each([
  ['as it is told', parts],
  ['with the faults swapped', swapped],
])('the demo, %s', (_title, cast) => {
  it.each(cast.map(({ name, fate }, n) => ({ n, name, fate })))('act $n: $name is $fate', ({ n }) => {
    expectHeld(played.get(cast)?.[n]);
  });

  it('and at the end the way back leads to the version before', () => {
    expectHeld(played.get(cast)?.[cast.length]);
  });
});

function expectHeld(act: Act | undefined): void {
  const { claims = [] } = act ?? {};
  expect(claims.length).toBeGreaterThanOrEqual(2);
  expect(claims.filter(({ held }) => !held)).toEqual([]);
}
