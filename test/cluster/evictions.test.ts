import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, it } from '@jest/globals';
import { silentLog, systemClock } from '../../src/base/index.ts';
import type { Cluster } from '../../src/cluster/index.ts';
import { type Answer, type Prober, startProber } from '../../src/load/index.ts';
import { goBack, release, type Theatre } from '../../tools/demo/acts.ts';
import { openClusterStage, type Stage } from '../../tools/demo/stage.ts';
import { ensureBuilt } from '../support/built.ts';
import { budget } from '../support/companions.ts';
import { type Eviction, openDrainer } from './drainer.ts';
import { describeOnCluster, readCluster } from './given-cluster.ts';
import { connectGiven, findNodeAddress, findNodePort } from './node-address.ts';
import { type ReadyPods, type Slot, watchReadyPods } from './ready-pods.ts';

const minutes = 60_000;
const minAvailable = 1;
const given = readCluster();
const node = given === undefined ? { address: '' } : await findNodeAddress(given);

describeOnDrainedNodes('nodes that are drained in the middle of releases, behind a gateway', 'gateway');
describeOnDrainedNodes('nodes that are drained in the middle of releases, behind a node port', 'selector');

function describeOnDrainedNodes(title: string, mode: 'gateway' | 'selector'): void {
  const hindrance = mode === 'selector' && 'hindrance' in node ? node.hindrance : undefined;
  describeOnCluster(
    title,
    (place) => {
      let stage: Stage;
      let theatre: Theatre;
      let cluster: Cluster;
      let pods: ReadyPods;
      let drainer: Awaited<ReturnType<typeof openDrainer>>;
      let callers: Prober | undefined;
      const output = mkdtempSync(join(tmpdir(), 'streamgate-drains-'));
      const evictions: Eviction[] = [];
      const outcomes: (string | undefined)[] = [];
      const duringRuns = new Set<string>();
      let running = false;
      let watched = 0;

      const version = (name: string) => ({ name, knobs: {}, story: '' });

      /** Every ready pod of both slots is asked for. */
      async function drain(wave: string): Promise<void> {
        if (running) duringRuns.add(wave);
        evictions.push(...(await drainer.drain(wave, pods.ready())));
      }

      const serving = (slot: Slot) => pods.serving().length === 1 && pods.serving()[0] === slot;
      const bothHaveRoom = () => pods.roomIn('blue') && pods.roomIn('green');
      const full = (slot: Slot) => pods.ready().filter((pod) => pod.slot === slot).length === 2;

      async function run(what: Promise<{ readonly outputs: Readonly<Record<string, string>> }>) {
        running = true;
        const { outputs } = await what;
        running = false;
        outcomes.push(outputs.outcome);
        if (outputs.outcome === undefined) throw new Error(JSON.stringify(outputs));
      }

      beforeAll(async () => {
        const opened = await openClusterStage(place);
        stage = { ...opened, beside: [budget({ minAvailable })] };
        cluster = await connectGiven(place.kubeconfig);
        if (mode === 'selector') {
          const nodePort = await findNodePort(cluster, opened.namespace);
          stage = { ...stage, nodePort, url: `http://${'address' in node ? node.address : ''}:${nodePort}/` };
        }
        theatre = {
          stage,
          from: ensureBuilt(),
          output,
          rate: 20,
          observe: '8s',
          smoke: '',
          inputs: { 'progress-deadline': '2m' },
          onOutput: undefined,
        };
        drainer = await openDrainer(place.kubeconfig, stage.namespace);
        await run(release(theatre, version('v1')));
        pods = watchReadyPods(cluster, stage.namespace);
        await pods.until('v1 serves with all its pods', () => serving('blue') && full('blue'));
        watched = pods.noted;
        callers = startProber({
          url: new URL(stage.url),
          host: stage.hostname,
          ratePerSecond: 100,
          timeoutMs: 10_000,
          version: { kind: 'header', name: 'x-version' },
          runId: 'drained',
          clock: systemClock,
          log: silentLog,
          signal: new AbortController().signal,
          maxDurationMs: 6 * minutes,
        });

        const forward = run(release(theatre, version('v2')));
        await pods.until('the candidate is ready', () => full('green') && full('blue') && bothHaveRoom());
        await drain('before the switch');
        await pods.until(
          'traffic has moved',
          () => serving('green') && full('green') && pods.roomIn('green'),
        );
        await drain('right after the switch');
        await forward;

        await pods.until('all pods are back', () => full('green') && full('blue') && pods.roomIn('green'));
        await drain('in the rollback window');

        const back = run(goBack(theatre));
        await pods.until('the old pods are back', () => full('green') && full('blue') && bothHaveRoom());
        await drain('during the rollback');
        await back;
        expect(pods.serving()).toEqual(['blue']);
        await callers.stop();
      }, 6 * minutes);

      afterAll(async () => {
        await callers?.stop();
        pods?.close();
        drainer?.close();
        await stage?.close();
        rmSync(output, { recursive: true, force: true });
        if (evictions.length > 0) process.stderr.write(`${figures().join('\n')}\n`);
      });

      /** What was asked and answered, for people who read along. */
      function figures(): readonly string[] {
        const waves = Map.groupBy(evictions, ({ wave, slot }) => `${title}: ${wave}, ${slot}`);
        return [...waves].map(([what, all]) => `${what}: ${all.map(({ status }) => status).join(' ')}`);
      }

      const answered = (wave: string, slot: Slot) =>
        evictions.filter((one) => one.wave === wave && one.slot === slot).map(({ status }) => status);

      it('end as they should', () => {
        expect(outcomes).toEqual(['Promoted', 'Promoted', 'FastRolledBack']);
        expect([...duringRuns]).toEqual([
          'before the switch',
          'right after the switch',
          'during the rollback',
        ]);
      });

      it.each<[string, Slot]>([
        ['before the switch', 'blue'],
        ['before the switch', 'green'],
        ['right after the switch', 'green'],
        ['in the rollback window', 'green'],
        ['during the rollback', 'blue'],
      ])('%s, %s gives one pod away and keeps the other', (wave, slot) => {
        expect(answered(wave, slot)).toEqual([201, 429]);
      });

      it('may take all warm pods at once, which have no budget', () => {
        expect(answered('in the rollback window', 'blue')).toEqual([201, 201]);
      });

      it('are never answered that there is more than one budget', () => {
        expect(evictions.filter(({ status }) => status !== 201 && status !== 429)).toEqual([]);
      });

      it('never leave fewer pods to the callers than the budget says', () => {
        const levels = pods.levels(watched).map(({ ready }) => ready);
        expect(Math.min(...levels)).toBe(minAvailable);
      });

      it('lose no request', () => {
        const { answers = [], planned } = callers?.tally() ?? {};
        expect(answers).toHaveLength(planned ?? -1);
        expect(answers.length).toBeGreaterThan(1_000);
        const counts = ({ population }: Answer) => mode === 'gateway' || population === 'fresh';
        expect(answers.filter((answer) => answer.class !== 'ok' && counts(answer))).toEqual([]);
      });

      it(
        'leave nothing to the callers where there is no budget: the control',
        async () => {
          await cluster.delete({
            apiVersion: 'policy/v1',
            kind: 'PodDisruptionBudget',
            namespace: stage.namespace,
            name: 'shop',
          });
          await pods.until('all pods are back', () => full('blue'));
          const before = pods.noted;
          await drain('without a budget');
          const below = () => pods.levels(before).some(({ ready }) => ready < minAvailable);
          await pods.until('callers are left with fewer pods than the budget had said', below);
          expect(answered('without a budget', 'blue')).toEqual([201, 201]);
        },
        2 * minutes,
      );
    },
    hindrance,
  );
}
