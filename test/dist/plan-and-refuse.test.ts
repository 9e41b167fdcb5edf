import { readFileSync } from 'node:fs';
import { setTimeout as pause } from 'node:timers/promises';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { ensureBuilt } from '../support/built.ts';
import { type BuiltShop, openBuiltShop, type Shop } from '../support/built-shop.ts';
import type { ActionResult } from '../support/runner.ts';

let built: BuiltShop;
beforeAll(async () => {
  built = await openBuiltShop(ensureBuilt());
});
afterAll(() => built.close());

interface Looked {
  readonly result: ActionResult;
  readonly requests: readonly string[];
  /** Requests that changed something, or would have: neither reads, nor dry runs, nor questions for permissions. */
  readonly writes: readonly string[];
}

/** Runs something and keeps what it asked of the API. */
async function look(run: () => Promise<ActionResult>): Promise<Looked> {
  const { requests } = built.sandbox;
  const before = requests.length;
  const result = await run();
  const asked = requests.slice(before);
  const writes = asked.filter(
    ({ method, path }) =>
      method !== 'GET' && !path.includes('dryRun=All') && !path.includes('selfsubjectaccessreviews'),
  );
  const words = ({ method, path }: { method: string; path: string }) => `${method} ${path}`;
  return { result, requests: asked.map(words), writes: writes.map(words) };
}

describe('mode: plan', () => {
  let shop: Shop;
  beforeAll(async () => {
    shop = await built.open('planned');
  });

  it('of the first release asks the server about every object, and writes none', async () => {
    shop.write('v1');
    const { result, requests, writes } = await look(() => shop.run('bluegreen-deploy', { mode: 'plan' }));
    expect(result).toMatchObject({ code: 0, outputs: { outcome: 'Planned', verdict: 'pass' } });
    expect(result.outputs.reason).toContain('the first release of shop');
    expect(writes).toEqual([]);
    const checked = requests.filter((request) => request.includes('dryRun=All')).join('\n');
    expect(checked).toContain('/deployments');
    expect(checked).toContain('/services');
  });

  it('of a later release and of a way back changes nothing either, and says what would come', async () => {
    const standing = await look(() => shop.release('v1'));
    // The same eye sees writes where there are some.
    expect(standing.writes.length).toBeGreaterThan(10);
    await shop.release('v2');
    const objects = async () => {
      const kinds = ['apis/apps/v1', 'apis/apps/v1', 'api/v1', 'api/v1'];
      const lists = ['deployments', 'replicasets', 'services', 'configmaps'];
      const paths = lists.map((list, n) => `/${kinds[n]}/namespaces/planned/${list}`);
      return Promise.all(paths.map(async (path) => (await shop.read(path)).items));
    };
    const before = await objects();
    shop.write('v3');
    const forward = await look(() => shop.run('bluegreen-deploy', { mode: 'plan' }));
    const back = await look(() => shop.run('rollback', { mode: 'plan' }));
    expect(forward.result).toMatchObject({ code: 0, outputs: { outcome: 'Planned' } });
    expect(forward.result.summary).toContain('Send all traffic to the candidate');
    expect(back.result).toMatchObject({ code: 0, outputs: { outcome: 'Planned' } });
    expect(back.result.outputs.reason).toContain('from revision 2 to 1');
    // One job, two plans: each has its own report, and its title says of what.
    const again = await shop.run('bluegreen-deploy', { mode: 'plan' });
    const reports = [forward.result, back.result, again].map(({ outputs }) => outputs.report ?? '');
    expect(new Set(reports).size).toBe(3);
    for (const path of reports) {
      expect(path).toContain('planned-shop');
      expect(readFileSync(path, 'utf8')).toMatch(/<title>[^<]*shop in planned has a plan/);
    }
    expect([...forward.writes, ...back.writes]).toEqual([]);
    expect(await objects()).toEqual(before);
    expect(await shop.serving()).toBe('v2');
  });
});

describe('what cannot be released', () => {
  it('manifests with several mistakes: one error that lists them all, and not one write', async () => {
    const shop = await built.open('mistaken');
    shop.write('v1', (text) =>
      text
        .replace('kind: Service\n', 'kind: Service\nkind: Service\n')
        .replace('readinessProbe:', 'imagePullPolcy: Always\n          readinessProbe:')
        .concat('---\napiVersion: v1\nmetadata:\n  name: nameless\n'),
    );
    const { result, writes } = await look(() => shop.run('bluegreen-deploy'));
    expect(result).toMatchObject({ code: 1, outputs: { outcome: 'Refused', verdict: 'invalid' } });
    expect(writes).toEqual([]);
    const errors = result.annotations.filter(({ level }) => level === 'error');
    expect(errors).toHaveLength(1);
    const [{ message } = { message: '' }] = errors;
    expect(message).toContain('The manifests cannot be released');
    expect(message.match(/^ {2}- /gm)?.length).toBeGreaterThanOrEqual(2);
    expect(message).toContain('no kind');
    expect(message).toContain('Service');
    // What only the cluster can say of them comes in the same round.
    expect(message).toContain('imagePullPolcy (did you mean imagePullPolicy?)');
    expect(message).toContain('Nothing was touched');
    expect(result.summary).toContain('bluegreen-deploy of shop in mistaken ended Refused');
  });

  it('an entry point that nobody can find: said before anything is touched', async () => {
    const shop = await built.open('nowhere');
    shop.write('v1', (text) => text.replace('{ name: web, namespace: default }', '{ name: nobody }'));
    const { result, writes } = await look(() => shop.run('bluegreen-deploy', { 'probe-url': '' }));
    expect(result).toMatchObject({ code: 1, outputs: { outcome: 'Refused' } });
    expect(result.outputs.reason).toContain('The address of the entry point is not known');
    expect(result.annotations.map(({ message }) => message).join('\n')).toContain('probe-from: none');
    expect(writes).toEqual([]);
  });

  it.each<readonly [string, string, (text: string) => string]>([
    ['manifests with a mistake', 'mistake', (text) => text.concat('---\nkind: Nothing\n')],
    [
      'an entry point that nobody can find',
      'unsaid',
      (text) => text.replace('name: web, namespace: default', 'name: nobody'),
    ],
  ])('%s: nothing is left to recover at the end of the job', async (_what, namespace, change) => {
    const shop = await built.open(namespace);
    shop.write('v1', change);
    const run = shop.start('bluegreen-deploy', { 'probe-url': '' });
    expect(await run.result).toMatchObject({ code: 1, outputs: { outcome: 'Refused' } });
    const post = await run.post();
    expect(post).toMatchObject({ code: 0, annotations: [] });
  });
});

describe('who probes', () => {
  it('nobody, when that is asked for: the release says that loss was not measured', async () => {
    const shop = await built.open('unseen');
    await shop.release('v1');
    const unseen = { 'probe-from': 'none', 'probe-url': '', 'probe-rate': '' };
    const before = built.sandbox.gatewayLog.length;
    const result = await shop.release('v2', unseen);
    expect(result).toMatchObject({
      code: 0,
      outputs: { outcome: 'Promoted', requests: '', 'failed-requests': '' },
    });
    expect(result.summary).toMatch(/loss.{0,3} (was )?not measured/i);
    expect(built.sandbox.gatewayLog.slice(before).filter(({ host }) => host === 'unseen.test')).toEqual([]);
    // Nobody watched, so the gateway may follow a moment after the end.
    for (let looks = 0; looks < 50 && (await shop.serving()) !== 'v2'; looks++) await pause(100);
    expect(await shop.serving()).toBe('v2');
  });

  it('nobody, where the way back finds no entry point: it goes back all the same, and says so', async () => {
    const shop = await built.open('unfound');
    await shop.release('v1');
    await shop.release('v2');
    const allowAgain = built.sandbox.faults.deny(({ resource }) => resource === 'gateways');
    const drill = await shop.run('rollback', { 'probe-url': '', drill: 'true' });
    expect(drill).toMatchObject({ code: 1, outputs: { outcome: 'Refused' } });
    const back = await shop.run('rollback', { 'probe-url': '' });
    allowAgain();
    expect(back).toMatchObject({
      code: 0,
      outputs: { outcome: 'FastRolledBack', verdict: 'pass', requests: '', 'failed-requests': '' },
    });
    const evidence = JSON.parse(readFileSync(back.outputs.evidence ?? '', 'utf8'));
    expect(evidence.warnings).toEqual([expect.stringContaining('loss is not measured')]);
    expect(back.annotations.map(({ message }) => message).join('\n')).toContain('"web" is forbidden');
    for (let looks = 0; looks < 50 && (await shop.serving()) !== 'v1'; looks++) await pause(100);
    expect(await shop.serving()).toBe('v1');
  });

  it('the address is that of the Gateway when none is given', async () => {
    const shop = await built.open('derived');
    const result = await shop.release('v1', { 'probe-url': '' });
    expect(result).toMatchObject({ code: 0, outputs: { outcome: 'Promoted', 'failed-requests': '0' } });
    const evidence = JSON.parse(readFileSync(result.outputs.evidence ?? '', 'utf8'));
    expect(evidence.traffic).toMatchObject({ url: `${built.sandbox.gatewayUrl}/`, host: 'derived.test' });
    expect(Number(result.outputs.requests)).toBeGreaterThan(10);
  });
});
