import { readFileSync } from 'node:fs';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { createVirtualClock } from '../../../src/base/index.ts';
import { readBody } from '../../../src/sandbox/api/respond.ts';
import { createSandbox, type Sandbox } from '../../../src/sandbox/index.ts';
import { playRollouts, type RolloutState } from '../../conformance/play-rollouts.ts';
import { rolloutCases } from '../../conformance/rollouts.ts';
import { jsonOrText } from '../../support/json-or-text.ts';

const file = new URL('../../conformance/rollouts.json', import.meta.url);
const recorded: Readonly<Record<string, RolloutState>> = JSON.parse(readFileSync(file, 'utf8')).states;
const rows = rolloutCases.flatMap(({ about, steps }) => steps.map((step) => `${about}: ${step.about}`));

describe('Deployments roll in the sandbox as they did on a recorded cluster', () => {
  const clock = createVirtualClock();
  let sandbox: Sandbox;
  let states: ReadonlyMap<string, RolloutState>;

  beforeAll(async () => {
    sandbox = await createSandbox({ clock, pods: 'fake' });
    const namespace = 'rollouts';
    const send = async (request: Parameters<Sandbox['handle']>[0]) => {
      const { status, body } = await sandbox.handle(request);
      return { status, body: jsonOrText(await readBody(body)) };
    };
    const headers = { 'content-type': 'application/json' };
    const body = JSON.stringify({ metadata: { name: namespace } });
    await send({ method: 'POST', path: '/api/v1/namespaces', headers, body });
    states = await playRollouts({ send, namespace, pause: () => clock.sleep(100) });
  });
  afterAll(async () => {
    await sandbox.close();
    clock.stop();
  });

  it('has a state on record for each step, and no other', () => {
    expect(Object.keys(recorded)).toEqual(rows);
  });

  it('is told about in the documentation with the right number', () => {
    const text = readFileSync(new URL('../../../docs/sandbox.md', import.meta.url), 'utf8');
    expect(text).toContain(`A table of ${rows.length} states`);
  });

  it.each(rows)('%s', (row) => {
    // As it is written down: without fields that are undefined.
    expect(JSON.parse(JSON.stringify(states.get(row)))).toEqual(recorded[row]);
  });
});
