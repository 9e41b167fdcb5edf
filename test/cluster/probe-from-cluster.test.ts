import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, it } from '@jest/globals';
import { silentLog, systemClock } from '../../src/base/index.ts';
import { connectTransport, createCluster } from '../../src/cluster/index.ts';
import type { Evidence } from '../../src/evidence/index.ts';
import { goBack, release, type Theatre } from '../../tools/demo/acts.ts';
import { openClusterStage, type Stage } from '../../tools/demo/stage.ts';
import { whoAnswers } from '../../tools/demo/who-answers.ts';
import type { ActionResult } from '../../tools/runner.ts';
import { ensureBuilt } from '../support/built.ts';
import { describeOnCluster } from './given-cluster.ts';

const minutes = 60_000;

describeOnCluster('a release that a pod of the cluster watches', (given) => {
  let stage: Stage;
  let theatre: Theatre;
  const output = mkdtempSync(join(tmpdir(), 'streamgate-cluster-'));

  beforeAll(async () => {
    stage = await openClusterStage(given);
    const inputs = { 'probe-from': 'cluster', 'probe-image': given.image };
    theatre = { stage, from: ensureBuilt(), output, rate: 100, inputs, onOutput: undefined };
  }, 5 * minutes);

  afterAll(async () => {
    await stage?.close();
    rmSync(output, { recursive: true, force: true });
  });

  function trafficOf(result: ActionResult) {
    const evidence: Evidence = JSON.parse(readFileSync(result.outputs.evidence ?? '', 'utf8'));
    return evidence.traffic;
  }

  it(
    'loses nothing forward and back, counts every request, and leaves no Job behind',
    async () => {
      const first = await release(theatre, { name: 'v1', knobs: {}, story: '' });
      expect(first.outputs).toMatchObject({ outcome: 'Promoted' });

      const second = await release(theatre, { name: 'v2', knobs: {}, story: '' });
      const traffic = trafficOf(second);
      expect(second.outputs).toMatchObject({ outcome: 'Promoted', 'failed-requests': '0' });
      expect([traffic?.from, traffic?.failures]).toEqual(['cluster', []]);
      const counted = Object.values(traffic?.byClass ?? {}).reduce((sum, count) => sum + count, 0);
      expect(counted).toBe(traffic?.planned);
      expect(counted).toBeGreaterThan(100);
      expect(traffic?.byVersion.map(({ version }) => version)).toEqual(expect.arrayContaining(['v1', 'v2']));

      const back = await goBack(theatre);
      expect([back.outputs.outcome, trafficOf(back)?.failed]).toEqual(['FastRolledBack', 0]);

      const transport = await connectTransport({ file: stage.kubeconfig });
      const signal = new AbortController().signal;
      const cluster = createCluster({ transport, clock: systemClock, log: silentLog, signal });
      const jobs = await cluster.list(
        { apiVersion: 'batch/v1', kind: 'Job' },
        { namespace: stage.namespace, labelSelector: 'streamgate.io/app=shop' },
      );
      expect(jobs).toEqual([]);
    },
    5 * minutes,
  );

  it(
    'is inconclusive, and moves nothing, when the pod of the prober cannot start',
    async () => {
      const inputs = { 'probe-from': 'cluster', 'probe-image': 'localhost/no-such-image:1' };
      const result = await release({ ...theatre, inputs }, { name: 'v3', knobs: {}, story: '' });
      expect([result.outputs.outcome, result.outputs.verdict]).toEqual(['Aborted', 'inconclusive']);
      expect(result.outputs.reason).toContain('The pod of the prober does not start');
      expect(await whoAnswers(stage)).toBe('v1');
    },
    5 * minutes,
  );
});
