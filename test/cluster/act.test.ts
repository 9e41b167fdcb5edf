import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, it } from '@jest/globals';
import { openClusterStage, type Stage } from '../../tools/demo/stage.ts';
import { whoAnswers } from '../../tools/demo/who-answers.ts';
import { ensureBuilt } from '../support/built.ts';
import { findProgram } from '../support/find-program.ts';
import { commitAll, composeActions, runAct, standInsForOthers } from './act.ts';
import { type CallerRepository, createCallerRepository } from './caller-repository.ts';
import { describeOnCluster, type GivenCluster } from './given-cluster.ts';

const minutes = 60_000;
const title = 'a runner that others wrote plays the examples on a real cluster';

function suite(act: string, given: GivenCluster): void {
  let stage: Stage;
  let repository: CallerRepository;
  let folders: Readonly<Record<string, string>>;
  const home = mkdtempSync(join(tmpdir(), 'streamgate-act-'));

  beforeAll(async () => {
    const actions = composeActions(ensureBuilt(), join(home, 'streamgate'));
    folders = { 'streamgate/streamgate@v1': actions, ...standInsForOthers(join(home, 'others')) };
    stage = await openClusterStage(given);
    repository = createCallerRepository(join(home, 'shop'), stage);
    const workflows = join(repository.folder, '.github', 'workflows');
    mkdirSync(workflows, { recursive: true });
    for (const name of ['reusable-release.yml', 'reusable-rollback.yml'])
      writeFileSync(join(workflows, name), repository.example(name));
  }, 5 * minutes);

  afterAll(async () => {
    await stage?.close();
    rmSync(home, { recursive: true, force: true });
  });

  const run = (event: 'push' | 'workflow_dispatch', workflow: string, inputs = {}) =>
    runAct({
      act,
      repository: repository.folder,
      folders,
      home,
      event,
      workflow,
      inputs,
      secrets: { KUBECONFIG: readFileSync(stage.kubeconfig, 'utf8') },
      vars: { SHOP_URL: stage.url },
    });

  it.each(['v1', 'v2'])(
    'the example for a push releases %s by the reusable workflow',
    async (name) => {
      repository.write({ name, knobs: {}, story: '' });
      commitAll(repository.folder, `Release ${name}`);
      const { code, output } = await run('push', 'reusable-release.yml');
      expect(output).toContain('Success - Main Release');
      expect([code, await whoAnswers({ url: stage.url, hostname: stage.hostname })]).toEqual([0, name]);
    },
    5 * minutes,
  );

  it(
    'the example for a person takes it back',
    async () => {
      const inputs = { app: 'shop', namespace: stage.namespace };
      const { code, output } = await run('workflow_dispatch', 'reusable-rollback.yml', inputs);
      expect(output).toContain('Success - Main Roll back');
      expect([code, await whoAnswers({ url: stage.url, hostname: stage.hostname })]).toEqual([0, 'v1']);
    },
    5 * minutes,
  );
}

const act = findProgram('act', 'STREAMGATE_ACT');
const hindrance = act === undefined ? 'act is not on the PATH, and STREAMGATE_ACT names none' : undefined;
describeOnCluster(title, (given) => suite(act ?? '', given), hindrance);
