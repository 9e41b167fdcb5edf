import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, it } from '@jest/globals';
import type { Act } from '../../tools/demo/acts.ts';
import { playDemo } from '../../tools/demo/play.ts';
import { openClusterStage, type Stage } from '../../tools/demo/stage.ts';
import { ensureBuilt } from '../support/built.ts';
import { describeOnCluster } from './given-cluster.ts';

const minutes = 60_000;

describeOnCluster('the demo on a real cluster', (cluster) => {
  let stage: Stage;
  const acts: Act[] = [];
  const output = mkdtempSync(join(tmpdir(), 'streamgate-cluster-'));

  beforeAll(async () => {
    stage = await openClusterStage(cluster);
    for await (const act of playDemo({ stage, output, from: ensureBuilt(), rate: 200, onOutput: undefined }))
      acts.push(act);
  }, 10 * minutes);

  afterAll(async () => {
    await stage?.close();
    rmSync(output, { recursive: true, force: true });
  });

  it.each([0, 1, 2, 3, 4])('act %i: every claim holds', (n) => {
    const claims = acts[n]?.claims ?? [];
    expect(claims.length).toBeGreaterThan(0);
    expect(claims.filter(({ held }) => !held)).toEqual([]);
  });
});
