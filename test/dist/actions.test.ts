import { spawnSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { beforeAll, describe, expect, it } from '@jest/globals';
import { parse } from 'yaml';
import { commands } from '../../src/commands/index.ts';
import { isAction } from '../../tools/build/actions.ts';
import { ensureBuilt } from '../support/built.ts';
import { type ActionResult, runAction, startAction } from '../support/runner.ts';

const actions = commands.filter(isAction).map(({ contract }) => contract);
/** No kubeconfig anywhere, and an address where nothing listens. */
const nowhere = { HOME: '/nonexistent', KUBECONFIG: '' };
let from: string;

beforeAll(() => {
  from = ensureBuilt();
});

function errorsOf(result: ActionResult): readonly string[] {
  return result.annotations.filter(({ level }) => level === 'error').map(({ message }) => message);
}

describe.each(actions)('$name', ({ name, outputs, post }) => {
  it('started with a bad input ends with one annotation, every output and exit code 1', async () => {
    const result = await runAction({ from, name, env: nowhere, inputs: { namespace: 'Not A Name' } });
    expect(result.code).toBe(1);
    const [message = '', ...others] = errorsOf(result);
    expect(others).toEqual([]);
    expect(message).toContain('✗ namespace does not have the right form');
    expect(message).toContain('nothing was touched');
    expect(Object.keys(result.outputs).sort()).toEqual(Object.keys(outputs).sort());
    expect(result.outputs).toMatchObject({ verdict: 'invalid', outcome: 'Refused' });
    expect(result.summary).toContain('namespace does not have the right form');
    expect(result.stderr).toBe('');
  });

  it('names in action.yml what the contract declares, and scripts that exist', () => {
    const action = parse(readFileSync(join(from, 'actions', name, 'action.yml'), 'utf8'));
    expect(Object.keys(action.outputs)).toEqual(Object.keys(outputs));
    expect(action.runs.using).toBe('node24');
    const scripts = [action.runs.main, ...(post === true ? [action.runs.post] : [])];
    for (const script of scripts) {
      expect(readFileSync(join(from, 'actions', name, script), 'utf8')).toContain(`('${name}')`);
    }
    expect(action.runs['post-if']).toBe(post === true ? 'always()' : undefined);
  });
});

describe('on a runner', () => {
  it('what has not passed fails its step although not one of its outputs can be written, and says so', () => {
    const action = parse(readFileSync(join(from, 'actions/smoke-test/action.yml'), 'utf8'));
    const full = { GITHUB_OUTPUT: '/nonexistent/output', GITHUB_STEP_SUMMARY: '/nonexistent/summary' };
    const ended = spawnSync(process.execPath, [join(from, 'actions/smoke-test', action.runs.main)], {
      env: {
        ...nowhere,
        ...full,
        PATH: process.env.PATH ?? '',
        GITHUB_ACTIONS: 'true',
        INPUT_NAMESPACE: 'Not A Name',
      },
      encoding: 'utf8',
    });
    expect(ended.status).toBe(1);
    expect(ended.stdout).toContain('::warning::The outputs could not be written: ');
    expect(ended.stdout).toContain('✗ namespace does not have the right form');
    expect(ended.stderr).toBe('');
  });

  it('an undeclared input is a warning that says what was meant', async () => {
    const result = await runAction({
      from,
      name: 'rollback',
      env: nowhere,
      inputs: { app: 'shop', namespce: 'x', to: 'y' },
    });
    const warnings = result.annotations.filter(({ level }) => level === 'warning');
    expect(warnings.map(({ message }) => message)).toEqual([
      'rollback has no input namespce; it is ignored. Did you mean namespace?',
    ]);
    expect(errorsOf(result)).toHaveLength(1);
  });

  it('a secret is masked before anything is said about it, and never printed', async () => {
    const kubeconfig = 'kind: Config\ntoken: abcdefghijklmnopqrstuvwxyz0123\nusers: [';
    const result = await runAction({ from, name: 'rollback', env: nowhere, inputs: { kubeconfig } });
    expect(result.masks).toEqual(['abcdefghijklmnopqrstuvwxyz0123']);
    const [first = ''] = result.stdout.split('\n');
    expect(first).toMatch(/^::add-mask::/);
    const others = result.stdout.split('\n').filter((line) => !line.startsWith('::add-mask::'));
    expect(others.join('\n')).not.toContain('abcdefghijklmnopqrstuvwxyz0123');
    expect(JSON.stringify(result.outputs) + result.summary).not.toContain('abcdefghijklmnopqrstuvwxyz0123');
  });

  it('a kubeconfig that is still base64 is a wrong input, and stands nowhere in clear', async () => {
    const content = 'apiVersion: v1\nkind: Config\nusers: [{ name: me, user: { token: s3cr3t } }]\n';
    const kubeconfig = Buffer.from(content.repeat(5)).toString('base64');
    const inputs = { app: 'shop', kubeconfig };
    const { code, stdout, stderr, ...result } = await runAction({
      from,
      name: 'rollback',
      env: nowhere,
      inputs,
    });
    expect({ code, outcome: result.outputs.outcome }).toEqual({ code: 1, outcome: 'Refused' });
    const [message = ''] = result.annotations.map((annotation) => annotation.message);
    expect(message).toContain('base64 must be decoded first');
    expect(result.masks).toEqual([kubeconfig]);
    const { masks: _, ...told } = result;
    const shown = stdout.replace(`::add-mask::${kubeconfig}`, '');
    expect(shown + stderr + JSON.stringify(told)).not.toContain(kubeconfig.slice(0, 40));
  });

  it('no cluster to talk to ends with the reason, what to do, and every output', async () => {
    const result = await runAction({
      from,
      name: 'rollback',
      env: nowhere,
      inputs: { app: 'shop', kubeconfig: 'nowhere' },
    });
    expect(result.code).toBe(1);
    expect(errorsOf(result)).toHaveLength(1);
    expect(result.outputs.reason).not.toBe('');
  });

  it('post after a run that never began does nothing', async () => {
    const started = startAction({ from, name: 'bluegreen-deploy', env: nowhere, inputs: { app: '!' } });
    try {
      expect((await started.result).code).toBe(1);
      const post = await started.post();
      expect(post).toMatchObject({ code: 0, annotations: [] });
    } finally {
      started.dispose();
    }
  });
});
