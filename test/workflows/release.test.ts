import { cpSync, readFileSync } from 'node:fs';
import { basename, join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { parse, stringify } from 'yaml';
import { ensureBuilt } from '../support/built.ts';
import { atRest, type BuiltShop, openBuiltShop, type Shop } from '../support/built-shop.ts';
import type { StandIn } from './driver/place.ts';
import { readWorkflow } from './driver/read-workflow.ts';
import {
  type RunOptions,
  type StartedWorkflow,
  startWorkflow,
  type WorkflowResult,
} from './driver/start-workflow.ts';

let from: string;
let built: BuiltShop;
let shop: Shop;
let unlucky: Shop;
/** How the release of the unlucky shop ends, whose runner is lost: begun first and looked at last. */
let lost: Promise<WorkflowResult>;
let kubeconfig: string;
const started: StartedWorkflow[] = [];
/** Files that were kept as artifacts of a run. */
const artifacts = new Map<string, readonly string[]>();

beforeAll(async () => {
  from = ensureBuilt();
  built = await openBuiltShop(from);
  // As people have it: YAML, of which a runner hides every line.
  kubeconfig = stringify(parse(readFileSync(built.kubeconfig, 'utf8')));
  shop = await built.open('production');
  unlucky = await built.open('unlucky');
  expect(await unlucky.release('v1')).toMatchObject({ outputs: { outcome: 'Promoted' } });
  const run = await startSwitch(unlucky, 'v2', 'green');
  run.loseRunner('release');
  lost = run.result;
});
afterAll(() => built.close());

const uploadArtifact: StandIn = ({ name = '', path = '' }) => {
  const files = path.trim().split('\n');
  for (const file of files) expect(readFileSync(file, 'utf8')).not.toBe('');
  artifacts.set(name, files);
};

type Given = Pick<RunOptions, 'event' | 'inputs' | 'secrets' | 'vars'>;

async function start(place: Shop, path: string, given: Given): Promise<StartedWorkflow> {
  // The repository of the caller has its manifests in `k8s`.
  const checkout: StandIn = (_, { workspace }) =>
    cpSync(place.workspace, join(workspace, 'k8s'), { recursive: true });
  const run = startWorkflow({
    workflow: await readWorkflow(path),
    from,
    standIns: { 'actions/checkout': checkout, 'actions/upload-artifact': uploadArtifact },
    // Later than the run as which the suites start actions by themselves.
    runId: 2_000_000_000 + started.length,
    ...given,
  });
  started.push(run);
  return run;
}

/** Starts a release of the manifests, as a caller of the reusable workflow does. */
function startRelease(place: Shop, inputs: RunOptions['inputs'] = {}): Promise<StartedWorkflow> {
  const { namespace } = place;
  return start(place, '.github/workflows/bluegreen.yml', {
    event: 'workflow_call',
    inputs: { app: 'shop', namespace, manifests: 'k8s/', observe: '500ms', ...inputs },
    secrets: { kubeconfig },
  });
}

/** Starts the release of a version and returns when the route has sent all traffic to it. */
async function startSwitch(place: Shop, version: string, slot: 'blue' | 'green'): Promise<StartedWorkflow> {
  place.write(version);
  const run = await startRelease(place, { observe: '1m', 'lease-duration': '10s' });
  const ended = run.result.then(() => Promise.reject(new Error(run.log().shown)));
  await Promise.race([place.switching(slot), ended]);
  return run;
}

/** For the examples, which know names of their own. */
const surroundings = () => ({
  secrets: { KUBECONFIG: kubeconfig },
  vars: { SHOP_URL: `${built.sandbox.gatewayUrl}/` },
});

describe('an app, by workflows alone', () => {
  it('is first released by the example for a push', async () => {
    shop.write('v1');
    const run = await start(shop, 'examples/reusable-release.yml', { event: 'push', ...surroundings() });
    const { result, jobs } = await run.result;
    expect(jobs.release?.outputs).toMatchObject({ outcome: 'Promoted', verdict: 'pass', recovery: '' });
    expect(jobs['release/recover']?.result).toBe('skipped');
    expect(jobs.announce?.result).toBe('success');
    expect(result).toBe('success');
    expect(await shop.serving()).toBe('v1');
  });

  it('gets its next version, and the evidence is kept', async () => {
    shop.write('v2');
    const run = await startRelease(shop, { 'keep-evidence': true, 'probe-rate': 50 });
    const { result, outputs, jobs } = await run.result;
    expect({ result, outputs }).toMatchObject({
      result: 'success',
      outputs: {
        outcome: 'Promoted',
        'active-slot': 'green',
        'previous-revision': '1',
        'failed-requests': '0',
        'rollback-command': 'streamgate rollback shop --namespace production',
        recovery: '',
      },
    });
    expect(jobs.release?.posts).toEqual([{ step: 'deploy', ok: true }]);
    const kept = artifacts.get('streamgate-production_shop_promoted_1') ?? [];
    expect(kept.map((path) => basename(path)).sort()).toEqual(['evidence.json', 'report.html']);
    expect(await shop.serving()).toBe('v2');
  });

  it('refuses a bad version by itself, and recovery finds nothing to do', async () => {
    const broken = "value: bad\n            - { name: ERROR_AFTER, value: '0' }";
    shop.write('bad', (text) => text.replace('value: bad', broken));
    const smoke = '- path: /api/orders\n  status: 200\n';
    const run = await startRelease(shop, { smoke, 'smoke-timeout': '3s' });
    const { result, outputs, jobs } = await run.result;
    expect(result).toBe('failure');
    expect(outputs).toMatchObject({
      outcome: 'Aborted',
      verdict: 'fail',
      'active-slot': 'green',
      recovery: 'Checked',
    });
    expect(outputs.reason).toContain('500');
    expect(jobs.recover?.result).toBe('success');
    expect(await shop.serving()).toBe('v2');
    expect(await shop.atRest()).toEqual(atRest('green'));
  });

  it('is put back when a run is cancelled in the middle of the switch, and nothing is left to do', async () => {
    const run = await startSwitch(shop, 'v3', 'blue');
    run.cancel();
    const { result, jobs, outputs } = await run.result;
    expect(result).toBe('cancelled');
    expect(jobs.release).toMatchObject({ result: 'cancelled', posts: [{ step: 'deploy', ok: true }] });
    expect(outputs).toMatchObject({ outcome: 'Aborted', 'active-slot': 'green', recovery: 'Checked' });
    expect(run.log().shown).not.toContain('ended in the middle');
    expect(await shop.serving()).toBe('v2');
    expect(await shop.atRest()).toEqual(atRest('green'));
  });

  it('goes back to the version before by the example for a person', async () => {
    const run = await start(shop, 'examples/reusable-rollback.yml', {
      event: 'workflow_dispatch',
      inputs: { app: 'shop', namespace: 'production' },
      ...surroundings(),
    });
    const { result, jobs } = await run.result;
    expect(jobs.rollback?.outputs).toMatchObject({ outcome: 'RolledBack', verdict: 'pass', revision: '1' });
    expect(result).toBe('success');
    expect(await shop.serving()).toBe('v1');
    expect(await shop.atRest()).toEqual(atRest('blue'));
  });

  it('is put back from another runner when its own is lost in the middle of the switch', async () => {
    const { result, jobs, outputs } = await lost;
    expect(result).toBe('failure');
    expect(jobs.release).toMatchObject({ result: 'failure', outputs: {}, posts: [] });
    expect(jobs.recover?.result).toBe('success');
    expect(outputs).toMatchObject({ outcome: '', recovery: 'RolledBack' });
    expect(await unlucky.serving()).toBe('v1');
    expect(await unlucky.atRest()).toEqual(atRest('blue'));
  });

  it('has said nothing of its kubeconfig, not even what the runner would have hidden', () => {
    const values = [...kubeconfig.matchAll(/(?:token|-data): *"?([^"\s]+)/g)].map(([, value = '']) => value);
    expect(values).toHaveLength(2);
    for (const run of started) {
      const { unmasked } = run.log();
      expect(unmasked).toContain('✓ ');
      for (const value of values) expect(unmasked.includes(value)).toBe(false);
    }
  });
});
