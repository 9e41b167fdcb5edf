import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, it } from '@jest/globals';
import type { Evidence, Traffic } from '../../src/evidence/index.ts';
import { goBack, release, type Theatre } from '../../tools/demo/acts.ts';
import { openClusterStage, type Stage } from '../../tools/demo/stage.ts';
import { whoAnswers } from '../../tools/demo/who-answers.ts';
import type { ActionResult } from '../../tools/runner.ts';
import { ensureBuilt } from '../support/built.ts';
import { describeOnCluster, readCluster } from './given-cluster.ts';
import { connectGiven, findNodeAddress, findNodePort } from './node-address.ts';

const minutes = 60_000;
const given = readCluster();
const node = given === undefined ? { address: '' } : await findNodeAddress(given);

describeOnCluster(
  'an app behind a node port, without any route',
  (cluster) => {
    let stage: Stage;
    let theatre: Theatre;
    const output = mkdtempSync(join(tmpdir(), 'streamgate-cluster-'));
    /** What the evidence says of each run, for people who read along. */
    const figures: string[] = [];

    beforeAll(async () => {
      const opened = await openClusterStage(cluster);
      const nodePort = await findNodePort(await connectGiven(cluster.kubeconfig), opened.namespace);
      const address = 'address' in node ? node.address : '';
      stage = { ...opened, nodePort, url: `http://${address}:${nodePort}/` };
      const inputs = { 'progress-deadline': '5m' };
      theatre = { stage, from: ensureBuilt(), output, rate: 200, onOutput: undefined, inputs };
    }, 5 * minutes);

    afterAll(async () => {
      if (figures.length > 0) process.stderr.write(`${figures.join('\n')}\n`);
      await stage?.close();
      rmSync(output, { recursive: true, force: true });
    });

    /** Nobody on a connection of its own was lost; those who kept theirs were counted. */
    function expectNoLoss(title: string, result: ActionResult): Traffic {
      const evidence: Evidence = JSON.parse(readFileSync(result.outputs.evidence ?? '', 'utf8'));
      const { traffic } = evidence;
      if (traffic === null) throw new Error(`${title}: no traffic was watched`);
      const { planned, failed, cutoverMs, keptConnections } = traffic;
      figures.push(`${title}: ${JSON.stringify({ planned, failed, cutoverMs, keptConnections })}`);
      expect(evidence.release?.mode).toBe('service');
      expect(traffic.failures.filter(({ population }) => population === 'fresh')).toEqual([]);
      // All others are on kept connections, so that the list of failures may not be cut short.
      expect(traffic.failures).toHaveLength(failed);
      expect(planned).toBeGreaterThan(400);
      const counted = Object.values(traffic.byClass).reduce((sum, count) => sum + count, 0);
      expect(counted).toBe(planned);
      return traffic;
    }

    const serving = () => whoAnswers({ url: stage.url, hostname: stage.hostname });

    it(
      'is released twice and taken back without a lost request on a connection of its own',
      async () => {
        const first = await release(theatre, { name: 'v1', knobs: {}, story: '' });
        expect([first.outputs.reason, first.outputs.outcome]).toEqual([expect.anything(), 'Promoted']);
        expectNoLoss('first release', first);
        expect(await serving()).toBe('v1');

        const second = await release(theatre, { name: 'v2', knobs: {}, story: '' });
        expect([second.outputs.reason, second.outputs.outcome]).toEqual([expect.anything(), 'Promoted']);
        const { keptConnections: kept, byVersion } = expectNoLoss('release', second);
        expect(byVersion.map(({ version }) => version)).toEqual(expect.arrayContaining(['v1', 'v2']));
        // Connections stay with their pods while these are warm: none was cut, and some still talk to the old version.
        expect(kept).toMatchObject({ cut: 0 });
        expect(kept?.onAbandoned).toBeGreaterThan(0);
        expect(second.outputs.reason).toContain('kept connections still talk to the old version');
        expect(await serving()).toBe('v2');

        const back = await goBack(theatre);
        expect([back.outputs.reason, back.outputs.outcome]).toEqual([expect.anything(), 'FastRolledBack']);
        const returned = expectNoLoss('rollback', back);
        expect(returned.keptConnections?.connections).toBeGreaterThan(0);
        expect(returned.failed).toBe(returned.keptConnections?.cut);
        expect(await serving()).toBe('v1');
      },
      15 * minutes,
    );
  },
  'hindrance' in node ? node.hindrance : undefined,
);
