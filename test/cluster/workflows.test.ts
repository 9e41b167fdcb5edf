import { cpSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { basename, join } from 'node:path';
import { afterAll, beforeAll, expect, it } from '@jest/globals';
import { at } from '../../src/base/index.ts';
import type { Cluster } from '../../src/cluster/index.ts';
import { openClusterStage, type Stage } from '../../tools/demo/stage.ts';
import type { Version } from '../../tools/demo/versions.ts';
import { whoAnswers } from '../../tools/demo/who-answers.ts';
import { ensureBuilt } from '../support/built.ts';
import type { StandIn } from '../workflows/driver/place.ts';
import { parse, readWorkflow, type Workflow } from '../workflows/driver/read-workflow.ts';
import { type RunOptions, type StartedWorkflow, startWorkflow } from '../workflows/driver/start-workflow.ts';
import { type CallerRepository, createCallerRepository } from './caller-repository.ts';
import { describeOnCluster, type GivenCluster } from './given-cluster.ts';
import { connectGiven } from './node-address.ts';

const minutes = 60_000;
const version = (name: string, knobs: Version['knobs'] = {}): Version => ({ name, knobs, story: '' });

describeOnCluster('an app of a real cluster, by workflows alone', (given: GivenCluster) => {
  let stage: Stage;
  let cluster: Cluster;
  let repository: CallerRepository;
  let from: string;
  let runs = 0;
  const artifacts = new Map<string, readonly string[]>();
  const folder = mkdtempSync(join(tmpdir(), 'streamgate-caller-'));

  beforeAll(async () => {
    from = ensureBuilt();
    stage = await openClusterStage(given);
    cluster = await connectGiven(given.kubeconfig);
    repository = createCallerRepository(folder, stage);
  }, 5 * minutes);

  afterAll(async () => {
    await stage?.close();
    rmSync(folder, { recursive: true, force: true });
  });

  const checkout: StandIn = (_, { workspace }) => cpSync(repository.folder, workspace, { recursive: true });
  const uploadArtifact: StandIn = ({ name = '', path = '' }) => {
    const files = path.trim().split('\n');
    for (const file of files) expect(readFileSync(file, 'utf8')).not.toBe('');
    artifacts.set(name, files);
  };

  const kubeconfig = () => readFileSync(stage.kubeconfig, 'utf8');
  /** For the examples, which know names of their own. */
  const surroundings = () => ({ secrets: { KUBECONFIG: kubeconfig() }, vars: { SHOP_URL: stage.url } });

  function start(
    workflow: Workflow,
    options: Pick<RunOptions, 'event' | 'inputs' | 'secrets' | 'vars'>,
  ): StartedWorkflow {
    runs += 1;
    return startWorkflow({
      workflow,
      from,
      standIns: { 'actions/checkout': checkout, 'actions/upload-artifact': uploadArtifact },
      runId: 2_000_000_000 + runs,
      ...options,
    });
  }

  async function startRelease(wanted: Version, inputs: RunOptions['inputs'] = {}): Promise<StartedWorkflow> {
    repository.write(wanted);
    const usual = { app: 'shop', namespace: stage.namespace, manifests: 'k8s/', 'probe-url': stage.url };
    return start(await readWorkflow('.github/workflows/bluegreen.yml'), {
      event: 'workflow_call',
      inputs: { ...usual, 'probe-rate': 50, observe: '1s', ...inputs },
      secrets: { kubeconfig: kubeconfig() },
    });
  }

  const serving = () => whoAnswers({ url: stage.url, hostname: stage.hostname });

  /** The weights of the route, in the order of its backends. */
  async function weights() {
    const kind = { apiVersion: 'gateway.networking.k8s.io/v1', kind: 'HTTPRoute' };
    const route = await cluster.get({ ...kind, namespace: stage.namespace, name: 'shop' });
    const backends = at(route, 'spec', 'rules', 0, 'backendRefs');
    return Array.isArray(backends)
      ? backends.map((one) => `${String(at(one, 'name'))} ${String(at(one, 'weight'))}`)
      : [];
  }

  it(
    'is released by the example for a push, and again by the reusable workflow, whose evidence is kept',
    async () => {
      repository.write(version('v1'));
      const example = await parse('reusable-release.yml', repository.example('reusable-release.yml'));
      const first = await start(example, { event: 'push', ...surroundings() }).result;
      expect(first.jobs.release?.outputs).toMatchObject({
        outcome: 'Promoted',
        verdict: 'pass',
        recovery: '',
      });
      expect(first.jobs['release/recover']?.result).toBe('skipped');
      expect([first.result, await serving()]).toEqual(['success', 'v1']);

      const second = await (await startRelease(version('v2'), { 'keep-evidence': true })).result;
      expect(second).toMatchObject({
        result: 'success',
        outputs: { outcome: 'Promoted', 'active-slot': 'green', 'failed-requests': '0', recovery: '' },
      });
      const kept = artifacts.get(`streamgate-${stage.namespace}_shop_promoted_1`) ?? [];
      expect(kept.map((path) => basename(path)).sort()).toEqual(['evidence.json', 'report.html']);
      expect(await serving()).toBe('v2');
    },
    5 * minutes,
  );

  it(
    'refuses a bad version, and recovery finds nothing to do',
    async () => {
      const smoke = '- path: /api/orders\n  status: 200\n';
      const run = await startRelease(version('bad', { ERROR_AFTER: '0' }), { smoke, 'smoke-timeout': '5s' });
      const { result, outputs, jobs } = await run.result;
      expect(result).toBe('failure');
      expect(outputs).toMatchObject({ outcome: 'Aborted', verdict: 'fail', recovery: 'Checked' });
      expect(jobs.recover?.result).toBe('success');
      expect(await serving()).toBe('v2');
    },
    5 * minutes,
  );

  it(
    'is put back from another runner when its own is lost in the middle of the switch',
    async () => {
      const run = await startRelease(version('v3'), { observe: '2m', 'lease-duration': '10s' });
      const ended = run.result.then(() => Promise.reject(new Error(run.log().shown)));
      const switched = (async () => {
        while (!(await weights()).includes('shop-blue 100'))
          await new Promise((done) => setTimeout(done, 200));
      })();
      await Promise.race([switched, ended]);
      run.loseRunner('release');
      const { jobs, outputs } = await run.result;
      expect(jobs.release).toMatchObject({ result: 'failure', outputs: {}, posts: [] });
      expect(jobs.recover?.result).toBe('success');
      expect(outputs).toMatchObject({ outcome: '', recovery: 'RolledBack' });
      expect([await weights(), await serving()]).toEqual([['shop 1'], 'v2']);
    },
    5 * minutes,
  );

  it(
    'goes back to the version before by the example for a person',
    async () => {
      const example = await parse('reusable-rollback.yml', repository.example('reusable-rollback.yml'));
      const run = start(example, {
        event: 'workflow_dispatch',
        inputs: { app: 'shop', namespace: stage.namespace },
        ...surroundings(),
      });
      const { result, jobs } = await run.result;
      expect(jobs.rollback?.outputs).toMatchObject({ outcome: 'RolledBack', verdict: 'pass', revision: '1' });
      expect([result, await serving()]).toEqual(['success', 'v1']);
    },
    5 * minutes,
  );
});
