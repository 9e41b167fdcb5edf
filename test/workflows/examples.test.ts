import { cpSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { root } from '../../tools/build/root.ts';
import { ensureBuilt } from '../support/built.ts';
import { atRest, type BuiltShop, openBuiltShop, type Shop } from '../support/built-shop.ts';
import type { StandIn } from './driver/place.ts';
import { parse } from './driver/read-workflow.ts';
import { type RunOptions, startWorkflow, type WorkflowResult } from './driver/start-workflow.ts';

let from: string;
let built: BuiltShop;
let shop: Shop;
let runs = 0;
beforeAll(async () => {
  from = ensureBuilt();
  built = await openBuiltShop(from);
  shop = await built.open('production');
});
afterAll(() => built.close());

/** What a person changes after copying an example: addresses and images of their own. And nobody here waits for minutes. */
const ownWords: readonly (readonly [RegExp, () => string])[] = [
  [/https:\/\/shop\.example\.com\//, () => `${built.sandbox.gatewayUrl}/`],
  [/^ *image: ghcr\.io\/acme\/shop:.*\n/m, () => ''],
  [/observe: 1m/, () => 'observe: 500ms'],
];

/** Plays an example of the folder `examples` as a repository would that has taken it over. */
async function play(name: string, given: Pick<RunOptions, 'event' | 'inputs'>): Promise<WorkflowResult> {
  const written = readFileSync(join(root, 'examples', name), 'utf8');
  const changed = ownWords.reduce(
    (text, [pattern, word]) => text.replaceAll(new RegExp(pattern, `g${pattern.flags}`), word),
    written,
  );
  const checkout: StandIn = (_, { workspace }) =>
    cpSync(shop.workspace, join(workspace, 'k8s'), { recursive: true });
  const keep: StandIn = ({ path = '' }, { workspace }) =>
    expect(readFileSync(join(workspace, path, 'evidence.json'), 'utf8')).not.toBe('');
  runs += 1;
  return startWorkflow({
    workflow: await parse(name, changed),
    from,
    standIns: { 'actions/checkout': checkout, 'actions/upload-artifact': keep },
    runId: 2_000_000_000 + runs,
    secrets: { KUBECONFIG: readFileSync(built.kubeconfig, 'utf8') },
    ...given,
  }).result;
}

describe('an app, by the examples that name the actions themselves', () => {
  it('is released on a push', async () => {
    shop.write('v1');
    const { result, jobs } = await play('release.yml', { event: 'push' });
    expect(result).toBe('success');
    expect(jobs['put-back']?.result).toBe('skipped');
    expect(await shop.serving()).toBe('v1');
  });

  it('shows a preview, and promotes that one once it is approved', async () => {
    shop.write('v2');
    const { result, jobs } = await play('preview.yml', { event: 'push' });
    expect(jobs.preview?.outputs).toMatchObject({ outcome: 'Parked' });
    expect(result).toBe('success');
    expect(await shop.serving()).toBe('v2');
    expect(await shop.atRest()).toEqual(atRest('green'));
  });

  it.each([
    ['only shows the way back', 'only show the plan', 'v2'],
    ['tries the way back, and returns', 'drill', 'v2'],
    ['goes back', 'go back', 'v1'],
  ])('%s when a person asks for that', async (_, what, serves) => {
    const { result } = await play('rollback.yml', { event: 'workflow_dispatch', inputs: { what } });
    expect(result).toBe('success');
    expect(await shop.serving()).toBe(serves);
  });

  it('keeps its old pods when the hour comes and nothing is due', async () => {
    const standing = await shop.atRest();
    expect((await play('retire.yml', { event: 'workflow_dispatch' })).result).toBe('success');
    expect(await shop.atRest()).toEqual(standing);
    expect(await shop.serving()).toBe('v1');
  });

  it('is put back on another runner when a release fails and leaves nothing to do', async () => {
    shop.write('bad', (text) =>
      text.replace('value: bad', "value: bad\n            - { name: ERROR_AFTER, value: '0' }"),
    );
    const { result, jobs } = await play('release.yml', { event: 'push' });
    expect(result).toBe('failure');
    expect(jobs.release?.result).toBe('failure');
    expect(jobs['put-back']?.result).toBe('success');
    expect(await shop.serving()).toBe('v1');
  });
});
